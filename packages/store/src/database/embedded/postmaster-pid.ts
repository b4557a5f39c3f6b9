import { readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** What a running server says of itself in `postmaster.pid`. */
export interface PostmasterPid {
  readonly pid: number;
  readonly socketFolder: string;
  readonly ready: boolean;
}

/** The file's fixed lines: pid, data folder, start time, port, socket folder, listen address, shared memory, status. */
export function parsePostmasterPid(text: string): PostmasterPid | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  return { pid, socketFolder: lines[4] ?? '', ready: lines[7] === 'ready' };
}

/** The live server of this cluster; undefined when there is none, also when its pid file was left behind. */
export async function findPostmaster(cluster: string): Promise<PostmasterPid | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const found = parsePostmasterPid(text);
  return found && (await isPostmaster(found.pid, cluster)) ? found : undefined;
}

/** Whether the process is a PostgreSQL server of this cluster: a pid file survives a reboot, its number may not be ours. */
export async function isPostmaster(pid: number, cluster: string): Promise<boolean> {
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  if (name.trim() !== 'postgres') return false;
  const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  // Unreadable for other users' processes: then its name has to do.
  return workingFolder === undefined || workingFolder === cluster;
}
