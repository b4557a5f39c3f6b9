import { readFileSync, readdirSync } from 'node:fs';

/** Running processes whose command line names `path` (a data folder), as `pid command`. */
export function processesUsing(path: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return command.includes(path) ? [`${pid} ${command}`] : [];
      } catch {
        return [];
      }
    });
}
