import { access, constants, mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { StoreError } from '../store-error.ts';

/** Creates the house's data folder when missing and returns its absolute path. */
export async function prepareDataFolder(folder: string): Promise<string> {
  const path = resolve(folder);
  try {
    await mkdir(path, { recursive: true, mode: 0o711 });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StoreError(
      'folder-not-writable',
      `The data folder ${path} cannot be written`,
      'give this user the right to write there, or name another folder with --data',
      { about: path, cause: error },
    );
  }
  return path;
}
