import { readFileSync } from 'node:fs';

/**
 * What tells a process from every other one, also from a later one with its number: the boot and its start in it
 * (proc(5), field 22 of stat). Undefined when there is no such process.
 */
export function processMark(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; fields are counted behind it.
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${boot} ${started}`;
  } catch {
    return undefined;
  }
}
