import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { join } from 'node:path';
import { StoreError } from '../../store-error.ts';
import type { Binaries } from './binaries.ts';
import { handOver, type ServerUser } from './server-user.ts';

/** The one role and database of our own server. */
export const houseRole = 'amtsleitung';

/** Creates the cluster when there is none, and refuses one of another major version. */
export async function prepareCluster(cluster: string, binaries: Binaries, user?: ServerUser): Promise<void> {
  const major = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES') throw foreignCluster(cluster, error);
    return undefined;
  });
  if (major === undefined) return createCluster(cluster, binaries, user);
  if (major.trim() !== binaries.major) {
    const newer = Number(major) > Number(binaries.major);
    throw new StoreError(
      'newer-version',
      `The database in ${cluster} was made by PostgreSQL ${major.trim()}, this version brings ${binaries.major}`,
      newer
        ? 'start the newer version of the program that made it'
        : 'make a backup with the version that made it and restore that into an empty data folder',
      { about: `PostgreSQL ${major.trim()}` },
    );
  }
  if (user) await handOver(cluster, user);
}

/** Under another name until it is complete: a start that is cut short leaves nothing half made. */
async function createCluster(cluster: string, binaries: Binaries, user?: ServerUser): Promise<void> {
  const unfinished = `${cluster}.new`;
  await refuseForeignContents(cluster);
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  if (user) await handOver(unfinished, user);
  const options = [
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--data-checksums',
    '--auth=trust',
    `--username=${houseRole}`,
  ];
  try {
    await promisify(execFile)(binaries.initdb, [...options, `--pgdata=${unfinished}`], {
      cwd: '/',
      env: { LC_ALL: 'C.UTF-8', TZ: 'UTC' },
      uid: user?.uid,
      gid: user?.gid,
    });
  } catch (error) {
    throw initFailed(cluster, error);
  }
  await rename(unfinished, cluster);
}

const foreignCluster = (cluster: string, cause: unknown): StoreError =>
  new StoreError(
    'folder-not-writable',
    `The database in ${cluster} belongs to another user`,
    'start as that user, or give the data folder with all in it to this one',
    { about: cluster, cause },
  );

async function refuseForeignContents(cluster: string): Promise<void> {
  const found = await stat(cluster).catch(() => undefined);
  if (!found) return;
  throw new StoreError('damaged', `${cluster} holds no complete database`, 'move it away and restore a backup', {
    about: cluster,
  });
}

function initFailed(cluster: string, error: unknown): StoreError {
  const output = String((error as { stderr?: string }).stderr ?? error);
  const reason = output.split('\n').find((line) => /error|fatal|could not/i.test(line)) ?? 'initdb failed';
  const full = /No space left/i.test(output);
  return new StoreError(
    full ? 'disk-full' : 'start-failed',
    `The database could not be created in ${cluster} (${reason.trim()})`,
    full ? 'free space on that disk' : 'check the folder and its disk, or set DATABASE_URL to a PostgreSQL server',
    { about: full ? cluster : reason.trim(), cause: error },
  );
}
