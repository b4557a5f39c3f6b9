import { rm } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';

/** The one folder of recorded messages below the data folder: nothing else is read, written or removed by name. */
const folder = 'messages';

/** The absolute path of a message file; undefined when the name does not point into the folder of messages. */
export function messagePath(dataFolder: string, file: string): string | undefined {
  const path = normalize(file);
  if (file.includes('\0') || path.endsWith(sep) || !path.startsWith(folder + sep)) return undefined;
  return join(dataFolder, path);
}

/** Removes a message's file; one that is gone already is fine. */
export async function removeMessageFile(dataFolder: string, file: string): Promise<void> {
  const path = messagePath(dataFolder, file);
  if (path) await rm(path, { force: true });
}
