import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '../../store-error.ts';
import type { Binaries } from './binaries.ts';
import { findPostmaster, isPostmaster } from './postmaster-pid.ts';
import { serverArguments } from './server-settings.ts';
import type { ServerUser } from './server-user.ts';

/** Everything needed to run the server of one cluster. */
export interface Installation {
  readonly binaries: Binaries;
  readonly cluster: string;
  readonly socketFolder: string;
  readonly user: ServerUser | undefined;
  readonly settings: Readonly<Record<string, string>>;
}

/** A running server that accepts connections. */
export interface Postmaster {
  readonly pid: number;
  readonly socketFolder: string;
  /** Was already running, started by an earlier process of ours. */
  readonly adopted: boolean;
  /** Settles when the server is gone. */
  readonly gone: Promise<void>;
}

const pollMilliseconds = 20;
const adoptedPollMilliseconds = 250;
/** Recovery after a crash replays at most `max_wal_size`; on a slow disk that takes its time. */
const startPatience = 120_000;
/** How long leftovers of a killed server may be in the way. */
const leftoverPatience = 20_000;
const diskFull = /No space left/i;

/** Adopts the cluster's live server, or starts one; resolves when it accepts connections. */
export async function runPostmaster(installation: Installation): Promise<Postmaster> {
  const begun = performance.now();
  for (;;) {
    const adopted = await adopt(installation.cluster, begun + startPatience);
    if (adopted) return adopted;
    const outcome = await launch(installation);
    if (typeof outcome !== 'string') return outcome;
    const inTheWay = /lock file|shared memory/i.test(outcome) && !diskFull.test(outcome);
    if (!inTheWay || performance.now() > begun + leftoverPatience) {
      throw startFailed(outcome);
    }
    await sleep(100);
  }
}

/** Waits for a server that is starting up or shutting down; undefined when none is left. */
async function adopt(cluster: string, deadline: number): Promise<Postmaster | undefined> {
  for (;;) {
    const found = await findPostmaster(cluster);
    if (!found) return undefined;
    if (found.ready) {
      return {
        pid: found.pid,
        socketFolder: found.socketFolder,
        adopted: true,
        gone: watchStranger(found.pid, cluster),
      };
    }
    if (performance.now() > deadline) throw startFailed('an earlier server neither starts nor stops');
    await sleep(pollMilliseconds);
  }
}

async function watchStranger(pid: number, cluster: string): Promise<void> {
  while (await isPostmaster(pid, cluster)) await sleep(adoptedPollMilliseconds, undefined, { ref: false });
}

/** The running server, or what it said when it ended instead. */
async function launch(installation: Installation): Promise<Postmaster | string> {
  const { binaries, cluster, socketFolder, user, settings } = installation;
  // No live server is left here, so a pid file is stale; its number may by now belong to another program.
  await rm(join(cluster, 'postmaster.pid'), { force: true });
  const child = spawn(binaries.postgres, serverArguments(cluster, socketFolder, settings), {
    cwd: '/',
    env: { LC_ALL: 'C.UTF-8', TZ: 'UTC' },
    uid: user?.uid,
    gid: user?.gid,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: Ctrl-C at the terminal is ours to handle, the server is stopped last.
    detached: true,
  });
  let said = '';
  child.stderr!.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
  const gone = ended(child);
  let over = false;
  void gone.then(() => (over = true));
  while (!over) {
    const found = await findPostmaster(cluster);
    if (found?.ready && found.pid === child.pid) {
      child.unref();
      (child.stderr as unknown as { unref(): void }).unref();
      return { pid: found.pid, socketFolder, adopted: false, gone };
    }
    await Promise.race([sleep(pollMilliseconds), gone]);
  }
  return said || 'no reason given';
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((settle) => {
    child.once('exit', () => settle());
    child.once('error', () => settle());
  });
}

function startFailed(said: string): StoreError {
  const reason = said.split('\n').find((line) => /FATAL|PANIC|error while loading/.test(line)) ?? said.split('\n')[0]!;
  const words = reason.replace(/^.*?(?:FATAL|PANIC):\s*/, '').trim();
  const full = diskFull.test(said);
  return new StoreError(
    full ? 'disk-full' : 'start-failed',
    `The built-in database did not start (${words})`,
    full ? 'free space on its disk and start again' : 'look into database/log in the data folder',
    { about: full ? 'database' : words },
  );
}

const stopPatience = 15_000;

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
export async function stopPostmaster(postmaster: Postmaster): Promise<void> {
  signal(postmaster.pid, 'SIGINT');
  const patience = new AbortController();
  // Keeps this process alive as well: the server's handle does not.
  const slow = sleep(stopPatience, 'slow' as const, { signal: patience.signal }).catch(() => undefined);
  const outcome = await Promise.race([postmaster.gone, slow]);
  patience.abort();
  if (outcome !== 'slow') return;
  // Immediate shutdown: the next start recovers from the write-ahead log.
  signal(postmaster.pid, 'SIGQUIT');
  await postmaster.gone;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already.
  }
}
