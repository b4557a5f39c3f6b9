import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backupHouse, restoreHouse } from '@amtsleitung/server';
import { existingHouse, houseDatabase } from './house-database.ts';
import { UsageError } from './usage-error.ts';

/** `backup --to FILE [--data DIR]`: one consistent file, while the server runs or not. */
export async function backup(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' }, to: { type: 'string' } } });
  if (!values.to) throw new UsageError('Wohin? Zum Beispiel: npm run backup -- --to /sicherung/amtsleitung.backup');
  const file = resolve(values.to);
  const source = existingHouse(values.data);
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
  const target = houseDatabase(values.data);
  const report = await restoreHouse(target, resolve(values.from));
  process.stdout.write(
    `Zurückgespielt: ${report.rows} Datensätze, ${report.files} Sprachnachrichten → ${target.dataFolder}\n`,
  );
}
