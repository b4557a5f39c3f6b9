import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createTenant, listTenants, readRuntimeFile } from '@amtsleitung/server';
import { dataFolderOf } from './data-folder.ts';
import { existingHouse } from './house-database.ts';
import { UsageError } from './usage-error.ts';

const example = 'npm run tenant -- create "Neustadt" --admin "Erna Erste"';
const loginPattern = /^[\p{L}\p{N}._-]{2,64}$/u;
/** RFC 1123 §2.1, with at least two labels. */
const domainPattern = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** `tenant create NAME --admin "FIRST LAST" [--login NAME] [--sip-domain DOMAIN] [--data DIR]`, `tenant list`. */
export async function tenant(args: readonly string[]): Promise<void> {
  const options = {
    admin: { type: 'string' },
    login: { type: 'string' },
    'sip-domain': { type: 'string' },
    data: { type: 'string' },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [action, name, ...rest] = positionals;
  if (action === 'list' && name === undefined) return list(values.data);
  if (action !== 'create' || !name?.trim() || rest.length > 0) {
    throw new UsageError(`Was soll geschehen? „list“ oder „create“, zum Beispiel: ${example}`);
  }
  await create(name.trim(), values);
}

interface Wishes {
  readonly admin?: string;
  readonly login?: string;
  readonly 'sip-domain'?: string;
  readonly data?: string;
}

async function create(tenantName: string, wishes: Wishes): Promise<void> {
  const [lastName = '', ...firstNames] = (wishes.admin ?? '').trim().split(/\s+/).reverse();
  const firstName = firstNames.reverse().join(' ');
  if (!firstName) throw new UsageError(`Wer verwaltet die Organisation? Zum Beispiel: ${example}`);
  const login = (wishes.login ?? `${firstName}.${lastName}`.replaceAll(' ', '-')).toLowerCase().normalize('NFC');
  if (!loginPattern.test(login)) {
    throw new UsageError(
      `„${login}“ ist kein Benutzername: Nennen Sie mit --login einen aus Buchstaben, Ziffern, . - _`,
    );
  }
  const sipDomain = wishes['sip-domain']?.toLowerCase();
  if (sipDomain !== undefined && !domainPattern.test(sipDomain)) {
    throw new UsageError(`„${sipDomain}“ ist keine Domäne: Zum Beispiel --sip-domain neustadt.example.`);
  }
  const founded = await createTenant(existingHouse(wishes.data), { tenantName, sipDomain, firstName, lastName, login });
  if (!founded) {
    throw new UsageError(
      'Eine Organisation mit dieser SIP-Domäne gibt es schon: Nennen Sie mit --sip-domain eine andere.',
      73,
    );
  }
  const known = await tellRunningServer(wishes.data, founded.sipDomain);
  process.stdout.write(
    [
      `Angelegt: ${tenantName}`,
      `SIP-Domäne: ${founded.sipDomain}`,
      `Benutzername: ${login}@${founded.sipDomain}`,
      `Passwort: ${founded.password}`,
      'Das Passwort steht nur hier. Ändern Sie es nach der ersten Anmeldung.',
      ...(known ? [] : ['Der laufende Server kennt die Organisation noch nicht: Starten Sie ihn neu.']),
      '',
    ].join('\n'),
  );
}

const patienceMilliseconds = 5_000;

/** A running server takes new towns in on SIGHUP; without one the next start does. False: it did not in time. */
async function tellRunningServer(data: string | undefined, sipDomain: string): Promise<boolean> {
  const folder = dataFolderOf(data);
  const running = readRuntimeFile(folder);
  if (!running) return true;
  process.kill(running.pid, 'SIGHUP');
  const deadline = performance.now() + patienceMilliseconds;
  while (!readRuntimeFile(folder)?.sipDomains.includes(sipDomain)) {
    if (performance.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

async function list(data: string | undefined): Promise<void> {
  for (const { name, sipDomain, people, headNumbers } of await listTenants(existingHouse(data))) {
    process.stdout.write(
      `${name}  ${sipDomain}  ${people} Personen  ${headNumbers.join(' ') || 'noch ohne Kopfnummer'}\n`,
    );
  }
}
