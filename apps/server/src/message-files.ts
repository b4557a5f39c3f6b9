import { readFile, rm } from 'node:fs/promises';
import { resolve, sep } from 'node:path';

/** Files of recorded messages, by the path in their record; a path that leaves the folder is no file. */
export class MessageFiles {
  readonly #root: string;

  constructor(dataFolder: string) {
    this.#root = resolve(dataFolder);
  }

  async read(file: string): Promise<Uint8Array | undefined> {
    const path = this.#pathOf(file);
    return path === undefined ? undefined : readFile(path).catch(() => undefined);
  }

  async remove(file: string): Promise<void> {
    const path = this.#pathOf(file);
    if (path !== undefined) await rm(path, { force: true });
  }

  #pathOf(file: string): string | undefined {
    const path = resolve(this.#root, file);
    return path.startsWith(`${this.#root}${sep}messages${sep}`) ? path : undefined;
  }
}
