import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRuntimeFile } from '@amtsleitung/server';
import type { RuntimeInfo } from '@amtsleitung/server';
import { UsageError } from './usage-error.ts';

export const checkout = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
/** Where the start script puts data when the service user cannot reach the checkout. */
const serviceData = '/var/lib/amtsleitung/data';

/** `--data`, else AMTSLEITUNG_DATA, else the checkout's own, else the service user's. */
export function dataFolderOf(given: string | undefined): string {
  const named = given ?? process.env.AMTSLEITUNG_DATA;
  if (named) return resolve(named);
  const own = `${checkout}/data`;
  return !existsSync(own) && existsSync(serviceData) ? serviceData : own;
}

/** The server that runs on the data folder; throws when none does. */
export function runningServer(given: string | undefined): RuntimeInfo {
  const folder = dataFolderOf(given);
  const running = readRuntimeFile(folder);
  if (running) return running;
  throw new UsageError(
    `Auf ${folder} läuft kein Server: Starten Sie ihn mit „npm start“ oder nennen Sie mit --data seinen Datenordner.`,
    69,
  );
}
