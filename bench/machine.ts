import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

/** Ticks of the kernel's CPU accounting, USER_HZ. */
const ticksPerSecond = 100;

interface CpuTimes {
  readonly idle: number;
  readonly total: number;
}

function cpuTimes(): CpuTimes {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  const fields = line.trim().split(/\s+/).slice(1).map(Number);
  return { idle: fields[3]! + fields[4]!, total: fields.reduce((sum, field) => sum + field, 0) };
}

/** Starts measuring; the returned function gives the idle share of all cores since then, 0 to 1. */
export function idleMeter(): () => number {
  const before = cpuTimes();
  return () => {
    const after = cpuTimes();
    return (after.idle - before.idle) / Math.max(1, after.total - before.total);
  };
}

interface ProcessStat {
  readonly parent: number;
  readonly ticks: number;
}

function statOf(pid: number): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // Its own and those of children that have ended.
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { parent: Number(fields[1]), ticks };
  } catch {
    return undefined;
  }
}

/** CPU milliseconds used so far by these processes and all their children. */
export function cpuMilliseconds(roots: readonly number[]): number {
  const stats = new Map<number, ProcessStat>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    if (stat) stats.set(Number(name), stat);
  }
  const ours = (pid: number): boolean => roots.includes(pid) || (stats.has(pid) && ours(stats.get(pid)!.parent));
  let ticks = 0;
  for (const [pid, stat] of stats) if (ours(pid)) ticks += stat.ticks;
  return (ticks * 1000) / ticksPerSecond;
}

/** Process ids of a house: the server, its media process and its database server. */
export function processesOf(house: {
  readonly pid: number;
  readonly mediaPid?: number;
  readonly data: string;
}): readonly number[] {
  const pids = [house.pid, ...(house.mediaPid ? [house.mediaPid] : [])];
  const pidFile = readdirSync(house.data, { recursive: true, encoding: 'utf8' }).find((file) =>
    file.endsWith('postmaster.pid'),
  );
  if (pidFile && existsSync(join(house.data, pidFile)))
    pids.push(Number.parseInt(readFileSync(join(house.data, pidFile), 'utf8'), 10));
  return pids;
}

/** What the figures were measured on. */
export const machine = { cores: cpus().length, model: cpus()[0]?.model ?? 'unknown', node: process.version };
