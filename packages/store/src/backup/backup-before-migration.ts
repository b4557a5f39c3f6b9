import { join } from 'node:path';
import { systemClock, type Clock } from '@amtsleitung/base';
import type { Database } from '../database/database.ts';
import { backup } from './backup.ts';

/** The automatic backup: `backups/before-…` in the data folder; removed again by retention. */
export async function backupBeforeMigration(
  database: Database,
  from: string,
  clock: Clock = systemClock,
): Promise<void> {
  const stamp = new Date(clock.now()).toISOString().replace(/[:.]/g, '-');
  await backup(database, join(database.dataFolder, 'backups', `before-update-of-${from}-${stamp}.backup`), clock);
}
