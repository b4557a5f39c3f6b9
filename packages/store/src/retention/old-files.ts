import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes files of a folder below the data folder that were last written before `limit`. Returns how many. */
export async function removeOldFiles(
  dataFolder: string,
  folder: string,
  pattern: RegExp,
  limit: number,
): Promise<number> {
  const names = await readdir(join(dataFolder, folder)).catch(() => []);
  let removed = 0;
  for (const name of names.filter((candidate) => pattern.test(candidate))) {
    const path = join(dataFolder, folder, name);
    if ((await stat(path)).mtimeMs > limit) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}
