import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { HouseDatabase } from '@amtsleitung/server';
import { dataFolderOf } from './data-folder.ts';
import { UsageError } from './usage-error.ts';

/** The database that `--data` and DATABASE_URL name, whether there is one or not. */
export const houseDatabase = (data: string | undefined): HouseDatabase => ({
  dataFolder: dataFolderOf(data),
  databaseUrl: process.env.DATABASE_URL || undefined,
});

/** The same, of a house that exists. */
export function existingHouse(data: string | undefined): HouseDatabase {
  const house = houseDatabase(data);
  if (existsSync(house.databaseUrl ? house.dataFolder : join(house.dataFolder, 'database'))) return house;
  throw new UsageError(`In ${house.dataFolder} liegt kein Haus: Nennen Sie mit --data seinen Datenordner.`, 66);
}
