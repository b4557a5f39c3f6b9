import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError } from '../../store-error.ts';
import type { ServerUser } from './server-user.ts';

/** `sun_path` of a Unix socket holds 108 bytes with the closing zero. */
const longestSocketPath = 107;
const socketName = '/.s.PGSQL.5432';

/** Where the server's socket lies: beside the cluster, or in a short folder when that path would be too long. */
export function chooseSocketFolder(dataFolder: string): string {
  const beside = join(dataFolder, 'run');
  if (Buffer.byteLength(beside + socketName) <= longestSocketPath) return beside;
  const mark = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  return join(tmpdir(), `amtsleitung-${mark}`);
}

/** Creates the folder for the server's user alone: reaching the socket is what proves who one is. */
export async function prepareSocketFolder(folder: string, user: ServerUser | undefined): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const owner = user?.uid ?? process.getuid!();
  const found = await lstat(folder);
  // A shared temporary folder: somebody else may have put something of that name there first.
  if (!found.isDirectory() || (found.uid !== owner && found.uid !== process.getuid!())) {
    throw new StoreError('folder-not-writable', `${folder} belongs to somebody else`, 'remove it and start again', {
      about: folder,
    });
  }
  await chmod(folder, 0o700);
  if (user) await chown(folder, user.uid, user.gid);
}
