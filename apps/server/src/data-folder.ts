import { accessSync, constants, mkdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { readRuntimeFile } from './runtime/runtime-file.ts';
import { StartupError } from './startup-error.ts';

/** Makes sure that the folder can be used and nobody else uses it. */
export function claimDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o750 });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new StartupError(
      73,
      `Der Datenordner ${folder} ist nicht beschreibbar. Geben Sie ihn dem Benutzer, der startet, oder wählen Sie mit --data einen anderen.`,
      { cause },
    );
  }
  const running = readRuntimeFile(folder);
  if (running && running.pid !== process.pid) {
    throw new StartupError(75, `Auf dem Datenordner ${folder} läuft schon ein Server (Prozess ${running.pid}).`);
  }
}

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
