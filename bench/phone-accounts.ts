import { setTimeout as pause } from 'node:timers/promises';
import { adminRoutes } from '@amtsleitung/contract';
import type { House } from '../e2e/harness/house.ts';

export interface BenchPhone {
  readonly user: string;
  readonly password: string;
  readonly domain: string;
  /** Number of its person, from outside. */
  readonly number: string;
}

/** Changes a minute that the house takes from one address, and what that means for each of many. */
const changesPerMinute = 230;
const paceMilliseconds = 60_000 / changesPerMinute;

/** Gives desk phones to people of the demo town by the API, one each, then a second one, and so on. */
export async function phoneAccounts(house: House, count: number): Promise<readonly BenchPhone[]> {
  const admin = await house.signIn('Tessa Telefonie');
  const { people, headNumbers } = await admin.call(adminRoutes.overview);
  const reachable = people.filter(({ extension }) => extension !== undefined);
  const phones: BenchPhone[] = [];
  for (let place = 0; place < count; place++) {
    const { id, siteId, extension } = reachable.at(-1 - (place % reachable.length))!;
    if (count > changesPerMinute) await pause(paceMilliseconds);
    const body = { personId: id, siteId, label: 'Messplatz' };
    const { sipUser, password, sipDomain } = await admin.call(adminRoutes.createDevice, { body });
    phones.push({ user: sipUser, password, domain: sipDomain, number: `${headNumbers[0]!.e164}${extension}` });
  }
  return phones;
}

/** The rows that `register.xml` reads. */
export const registerRows = (phones: readonly Omit<BenchPhone, 'number'>[]) =>
  phones.map(({ user, password, domain }) => [user, `[authentication username=${user} password=${password}]`, domain]);
