import { backup, openDatabase, restore } from '@amtsleitung/store';
import type { BackupReport, RestoreReport } from '@amtsleitung/store';

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
  }
}

/** Fills an empty house from a backup; no server may run on it. Throws `StoreError`. */
export async function restoreHouse(house: HouseDatabase, fromFile: string): Promise<RestoreReport> {
  const database = await openDatabase({ dataFolder: house.dataFolder, url: house.databaseUrl });
  try {
    return await restore(fromFile, database);
  } finally {
    await database.close();
  }
}
