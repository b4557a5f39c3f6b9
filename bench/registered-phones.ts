import { setTimeout as pause } from 'node:timers/promises';
import { freeUdpPort } from '../e2e/harness/free-port.ts';
import type { House } from '../e2e/harness/house.ts';
import type { Figure } from './figures.ts';
import { phoneAccounts, registerRows } from './phone-accounts.ts';
import { SippLoad } from './sipp-load.ts';
import { memoryOf } from './soak.ts';

/** Contacts of one device are held like devices of their own; five are allowed. */
const contactsEach = 5;
/** Until timers and garbage of what was measured are gone. */
const restMilliseconds = 35_000;

/** What registered phones cost the server: 10,000 at 2,000 devices. */
export async function registeredPhones(house: House, devices: number): Promise<readonly Figure[]> {
  const people = await phoneAccounts(house, devices);
  // The first contact warms everything up.
  await register(house, people);
  await pause(restMilliseconds);
  const before = memoryOf(house.address.pid);
  for (let contact = 1; contact < contactsEach; contact++) await register(house, people);
  await pause(restMilliseconds);
  const after = memoryOf(house.address.pid);
  return [
    { name: `memory of the server with ${devices * contactsEach} registered phones`, unit: 'MB', value: after },
    { name: `growth from ${devices} to ${devices * contactsEach} phones`, unit: 'MB', value: after - before },
    {
      name: 'growth for 10,000 phones at that rate',
      unit: 'MB',
      value: ((after - before) * 10_000) / (devices * (contactsEach - 1)),
    },
  ];
}

/** Each run comes from a port of its own, so it adds a contact to each device. */
async function register(house: House, people: Awaited<ReturnType<typeof phoneAccounts>>): Promise<void> {
  const host = '127.0.0.1';
  const port = await freeUdpPort(host);
  const load = { scenario: 'register', target: house.sipTarget, host, port, rate: 500, atOnce: 20 };
  const rows = registerRows(people);
  const run = SippLoad.start({ ...load, calls: people.length, domain: people[0]!.domain, rows });
  const { failed } = await run.done();
  if (failed > 0) throw new Error(`${failed} phones could not register`);
}
