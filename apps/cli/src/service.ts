import { parseArgs } from 'node:util';
import { systemdUnit } from '@amtsleitung/server';
import { checkout, dataFolderOf } from './data-folder.ts';

/** `service [--user NAME] [--data DIR] [-- flags of the server]`: prints the unit. */
export function service(args: readonly string[]): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { user: { type: 'string' }, data: { type: 'string' } },
    allowPositionals: true,
  });
  const unit = systemdUnit({
    node: process.execPath,
    checkout,
    dataFolder: dataFolderOf(values.data),
    user: values.user ?? 'amtsleitung',
    flags: positionals,
  });
  process.stdout.write(unit);
}
