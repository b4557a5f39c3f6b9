import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { readRuntimeFile } from './runtime/runtime-file.ts';
import { takeFolderLock } from './sockets/folder-lock.ts';
import { StartupError } from './startup-error.ts';

/** Makes sure that the folder can be used and nobody else uses it. Resolves with the function that lets it go. */
export async function claimDataFolder(folder: string): Promise<() => Promise<void>> {
  try {
    createFolder(folder);
    closeToOthers(folder);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new StartupError(
      73,
      `Der Datenordner ${folder} ist nicht beschreibbar: Geben Sie ihn dem Benutzer, der startet, oder wählen Sie mit --data einen anderen.`,
      { cause },
    );
  }
  const release = await takeFolderLock(folder);
  if (release) return release;
  const pid = readRuntimeFile(folder)?.pid;
  throw new StartupError(
    75,
    `Auf dem Datenordner ${folder} läuft schon ein Server${pid ? ` (Prozess ${pid})` : ''}: Beenden Sie ihn mit „npm run stop“ oder wählen Sie mit --data einen anderen.`,
  );
}

/** One level after the other: `recursive` loops for ever on /proc. */
function createFolder(folder: string): void {
  if (existsSync(folder)) return;
  createFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o750 });
}

/** Numbers, names and voices lie here: nobody but owner and group even sees what there is. */
function closeToOthers(folder: string): void {
  const { uid, mode } = statSync(folder);
  if (uid === process.getuid?.() && (mode & 0o007) !== 0) chmodSync(folder, mode & 0o770);
}
