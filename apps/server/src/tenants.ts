import { foundTown, sipDomainOf } from '@amtsleitung/api';
import type { FoundedTown } from '@amtsleitung/api';
import { newToken, systemClock, systemRandom } from '@amtsleitung/base';
import { DirectoryConflict } from '@amtsleitung/domain';
import { giveToServerUser, openDatabase, townRecords } from '@amtsleitung/store';
import type { TownRecords } from '@amtsleitung/store';
import type { HouseDatabase } from './maintenance.ts';

export interface NewTenant {
  readonly tenantName: string;
  /** Default: made from the name. */
  readonly sipDomain?: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly login: string;
}

export interface TenantSummary {
  readonly name: string;
  readonly sipDomain: string;
  readonly people: number;
  readonly headNumbers: readonly string[];
}

const passwordLetters = 20;

/**
 * Founds a town with its first administrator in a house, running or not. Resolves with a password made for this one
 * purpose, or undefined when its SIP domain belongs to another town. Throws `StoreError`.
 */
export function createTenant(
  house: HouseDatabase,
  input: NewTenant,
): Promise<(FoundedTown & { readonly password: string }) | undefined> {
  const password = newToken(systemRandom, passwordLetters);
  return withTowns(house, async ({ directory, passwords }) => {
    try {
      const founder = { directoryStore: directory, passwords, clock: systemClock, random: systemRandom };
      const sipDomain = input.sipDomain ?? sipDomainOf(input.tenantName);
      // A founding that broke off half-way is taken up again: nobody can sign in there yet.
      const begun = (await directory.loadAll()).find(
        ({ tenant, people }) => tenant.sipDomain === sipDomain && people.every(({ login }) => login === undefined),
      );
      return { ...(await foundTown(founder, { ...input, sipDomain, password }, begun)), password };
    } catch (error) {
      if (error instanceof DirectoryConflict && error.kind === 'taken') return undefined;
      throw error;
    }
  });
}

/** The towns of a house, running or not. Throws `StoreError`. */
export function listTenants(house: HouseDatabase): Promise<readonly TenantSummary[]> {
  return withTowns(house, async ({ directory }) =>
    (await directory.loadAll()).map(({ tenant, people, headNumbers }) => ({
      name: tenant.name,
      sipDomain: tenant.sipDomain,
      people: people.length,
      headNumbers: headNumbers.map(({ e164 }) => e164),
    })),
  );
}

async function withTowns<Result>(
  house: HouseDatabase,
  work: (records: TownRecords) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase({ dataFolder: house.dataFolder, url: house.databaseUrl, exclusive: false });
  try {
    return await work(await townRecords(database));
  } finally {
    await database.close();
    await giveToServerUser(house.dataFolder);
  }
}
