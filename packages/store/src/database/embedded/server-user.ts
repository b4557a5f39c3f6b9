import { chown, lchown, lstat, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreError } from '../../store-error.ts';

/** Whom the server runs as when this process is root, which PostgreSQL refuses to be. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const preferred = ['amtsleitung', 'postgres', 'nobody'];

/** Undefined when this process is not root: then the server runs as the same user. */
export async function chooseServerUser(cluster: string): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = parsePasswd(await readFile('/etc/passwd', 'utf8'));
  const owner = await stat(cluster).then(
    (found) => users.find((user) => user.uid !== 0 && user.uid === found.uid),
    () => undefined,
  );
  const chosen = owner ?? preferred.map((name) => users.find((user) => user.name === name)).find(Boolean);
  if (chosen) return chosen;
  throw new StoreError(
    'start-failed',
    'The built-in database does not run as root and found no unprivileged user to run as',
    'create one (useradd --system amtsleitung), or start as another user',
  );
}

export function parsePasswd(text: string): readonly ServerUser[] {
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

/** Whether `user` may pass every folder on the way to `path` and read what is there. */
export async function canReach(path: string, user: ServerUser): Promise<boolean> {
  return (await canPass(dirname(path), user)) && permits(path, user, 0o5);
}

/** Whether `user` may pass this folder and those above it. */
export async function canPass(folder: string, user: ServerUser): Promise<boolean> {
  if (!(await permits(folder, user, 0o1))) return false;
  return folder === dirname(folder) || canPass(dirname(folder), user);
}

async function permits(path: string, user: ServerUser, bits: number): Promise<boolean> {
  const found = await stat(path);
  const shift = found.uid === user.uid ? 6 : found.gid === user.gid ? 3 : 0;
  return ((found.mode >> shift) & bits) === bits;
}

/** Hands a folder and all in it to `user`; quick when it is theirs already. */
export async function handOver(path: string, user: ServerUser): Promise<void> {
  const found = await lstat(path);
  if (found.uid === user.uid || found.isSymbolicLink()) return;
  if (found.isDirectory()) for (const name of await readdir(path)) await handOver(join(path, name), user);
  await chown(path, user.uid, user.gid);
}

/**
 * Gives what root made in a house's data folder to the user that the house runs as: a house must be able to go on after
 * root has looked after it. Does nothing for anybody else.
 */
export async function giveToServerUser(dataFolder: string): Promise<void> {
  const user = await chooseServerUser(dataFolder);
  if (user) await giveBelow(dataFolder, user);
}

async function giveBelow(path: string, user: ServerUser): Promise<void> {
  const found = await lstat(path);
  if (found.uid === 0) await lchown(path, user.uid, user.gid);
  if (found.isDirectory()) for (const name of await readdir(path)) await giveBelow(join(path, name), user);
}
