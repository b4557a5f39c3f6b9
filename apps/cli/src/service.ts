import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemdUnit } from '@amtsleitung/server';
import { checkout, dataFolderOf } from './data-folder.ts';
import { UsageError } from './usage-error.ts';

/** `service [--user NAME] [--data DIR] [-- flags of the server]`: prints the unit. */
export function service(args: readonly string[]): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { user: { type: 'string' }, data: { type: 'string' } },
    allowPositionals: true,
  });
  const user = values.user ?? 'amtsleitung';
  refuseUnreadableCheckout(user);
  const unit = systemdUnit({
    node: process.execPath,
    checkout,
    dataFolder: dataFolderOf(values.data),
    user,
    flags: positionals,
  });
  process.stdout.write(unit);
}

/** A unit that cannot start its program helps nobody. Only root can look with another user's eyes. */
function refuseUnreadableCheckout(user: string): void {
  if (process.getuid?.() !== 0) return;
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === user);
  if (!entry) {
    throw new UsageError(
      `Das Konto „${user}“ gibt es nicht: Starten Sie einmal mit „npm start“, das legt „amtsleitung“ an, oder nennen Sie mit --user ein anderes.`,
      67,
    );
  }
  const program = `${checkout}/apps/server/src/main.ts`;
  const as = { uid: Number(entry[2]), gid: Number(entry[3]), cwd: '/' };
  if (spawnSync('/bin/sh', ['-c', 'test -r "$0"', program], as).status === 0) return;
  throw new UsageError(
    `Der Ordner ${checkout} ist für „${user}“ nicht lesbar: Verschieben Sie ihn zum Beispiel nach /opt/amtsleitung.`,
    77,
  );
}
