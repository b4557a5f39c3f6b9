import { readdir } from 'node:fs/promises';
import { parseNumber } from '@amtsleitung/domain';
import {
  StoreError,
  backup,
  eraseNumber,
  giveToServerUser,
  openDatabase,
  restore,
  tracesOfNumber,
  verifyBackupFile,
} from '@amtsleitung/store';
import type { BackupReport, NumberTraces, RestoreReport } from '@amtsleitung/store';

export interface HouseDatabase {
  readonly dataFolder: string;
  /** `postgres://…`; undefined: the embedded server of the data folder. */
  readonly databaseUrl?: string;
}

/** Writes a backup of a house, running or not. Throws `StoreError`. */
export async function backupHouse(house: HouseDatabase, toFile: string): Promise<BackupReport> {
  const database = await openDatabase({ dataFolder: house.dataFolder, url: house.databaseUrl, exclusive: false });
  try {
    return await backup(database, toFile);
  } finally {
    await database.close();
    await giveToServerUser(house.dataFolder);
  }
}

/**
 * Looks for an outside number as it was written (national or international), in a house that runs or not; `erase`
 * forgets it. Undefined: that is no whole number. Throws `StoreError`.
 */
export async function searchNumber(
  house: HouseDatabase,
  written: string,
  erase: boolean,
): Promise<NumberTraces | undefined> {
  const parsed = parseNumber(written);
  if (parsed.kind !== 'e164') return undefined;
  const database = await openDatabase({ dataFolder: house.dataFolder, url: house.databaseUrl, exclusive: false });
  try {
    return await (erase ? eraseNumber : tracesOfNumber)(database, parsed.e164);
  } finally {
    await database.close();
    await giveToServerUser(house.dataFolder);
  }
}

/** Fills an empty house from a backup; no server may run on it. A damaged file leaves no trace. Throws `StoreError`. */
export async function restoreHouse(house: HouseDatabase, fromFile: string): Promise<RestoreReport> {
  const header = await verifyBackupFile(fromFile);
  await refuseForeignFolder(house.dataFolder);
  try {
    const database = await openDatabase({ dataFolder: house.dataFolder, url: house.databaseUrl });
    return await restore(fromFile, database, header).finally(() => database.close());
  } finally {
    await giveToServerUser(house.dataFolder).catch(() => undefined);
  }
}

/** What a house that never held anything may have left. */
const emptyHouse = /^(database(\.new)?|lost\+found|media|postgresql-.*|run|secret\.key|spool|tls)$/;

async function refuseForeignFolder(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new StoreError('folder-not-writable', `${folder} is no folder`, 'name another', { about: folder });
  });
  if (entries.every((name) => emptyHouse.test(name))) return;
  throw new StoreError('not-empty', `${folder} holds something`, 'name an empty folder', { about: folder });
}
