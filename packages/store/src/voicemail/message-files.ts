import { rm } from 'node:fs/promises';
import { isAbsolute, join, normalize, sep } from 'node:path';

/** Folders below the data folder that are the store's own: no message file lies there. */
const ownFolders = ['database', 'database.new', 'spool', 'backups', 'run'];

/** The absolute path of a message file; undefined when the name points anywhere but to a file of the data folder. */
export function messagePath(dataFolder: string, file: string): string | undefined {
  const path = normalize(file);
  const first = path.split(sep)[0]!;
  if (file === '' || file.includes('\0') || isAbsolute(path) || path.endsWith(sep)) return undefined;
  if (first === '.' || first === '..' || ownFolders.includes(first)) return undefined;
  return join(dataFolder, path);
}

/** Removes a message's file; one that is gone already is fine. */
export async function removeMessageFile(dataFolder: string, file: string): Promise<void> {
  const path = messagePath(dataFolder, file);
  if (path) await rm(path, { force: true });
}
