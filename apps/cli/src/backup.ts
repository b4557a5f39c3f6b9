import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backupHouse, restoreHouse } from '@amtsleitung/server';
import type { HouseDatabase } from '@amtsleitung/server';
import { dataFolderOf } from './data-folder.ts';
import { UsageError } from './usage-error.ts';

const house = (data: string | undefined): HouseDatabase => ({
  dataFolder: dataFolderOf(data),
  databaseUrl: process.env.DATABASE_URL || undefined,
});

/** `backup --to FILE [--data DIR]`: one consistent file, while the server runs or not. */
export async function backup(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' }, to: { type: 'string' } } });
  if (!values.to) throw new UsageError('Wohin? Zum Beispiel: npm run backup -- --to /sicherung/amtsleitung.backup');
  const file = resolve(values.to);
  const source = house(values.data);
  if (!existsSync(source.databaseUrl ? source.dataFolder : join(source.dataFolder, 'database'))) {
    throw new UsageError(`In ${source.dataFolder} liegt kein Haus: Nennen Sie mit --data seinen Datenordner.`, 66);
  }
  const report = await backupHouse(source, file);
  process.stdout.write(`Gesichert: ${report.rows} Datensätze, ${report.files} Sprachnachrichten → ${file}\n`);
  if (report.missingFiles > 0) process.stdout.write(`Ohne Tondatei: ${report.missingFiles} Sprachnachrichten\n`);
}

/** `restore --from FILE [--data DIR]`: fills an empty data folder. */
export async function restore(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' }, from: { type: 'string' } } });
  if (!values.from)
    throw new UsageError(
      'Woraus? Zum Beispiel: npm run restore -- --from /sicherung/amtsleitung.backup --data /srv/neu',
    );
  const target = house(values.data);
  const report = await restoreHouse(target, resolve(values.from));
  process.stdout.write(
    `Zurückgespielt: ${report.rows} Datensätze, ${report.files} Sprachnachrichten → ${target.dataFolder}\n`,
  );
}
