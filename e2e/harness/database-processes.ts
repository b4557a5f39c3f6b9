import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { House } from './house.ts';

/** The processes of a house's own PostgreSQL: the postmaster and its children, now. */
function processesOf(house: House): readonly number[] {
  const postmaster = Number(readFileSync(join(house.address.data, 'database/postmaster.pid'), 'utf8').split('\n')[0]);
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid: Number(pid), parent: parentOf(pid) }));
  return [postmaster, ...parents.filter(({ parent }) => parent === postmaster).map(({ pid }) => pid)];
}

/** proc(5): the fourth field of stat; the second is a name in parentheses that may hold anything. */
function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has just ended by itself.
    }
  }
}

/** Every connection hangs: nothing is answered, nothing is refused. Returns what ends it. */
export function freezeDatabase(house: House): () => void {
  const frozen = processesOf(house);
  // The postmaster first: it must not start others meanwhile.
  signalAll(frozen, 'SIGSTOP');
  return () => signalAll([...frozen].reverse(), 'SIGCONT');
}

/** As after a crash of the machine's memory: every connection breaks at once. The house starts it again by itself. */
export function killDatabase(house: House): void {
  signalAll(processesOf(house), 'SIGKILL');
}
