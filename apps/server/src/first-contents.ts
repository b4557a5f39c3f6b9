import type { Clock, RandomSource } from '@amtsleitung/base';
import { newToken } from '@amtsleitung/base';
import { hashToken } from '@amtsleitung/api';
import type { TownDirectory } from '@amtsleitung/domain';
import type { Store } from '@amtsleitung/store';
import { createDemoTown } from './demo/demo-town.ts';
import { demoSipDomain } from './demo/demo-town.ts';

const linkValidMilliseconds = 24 * 3_600_000;

export interface FirstContents {
  readonly directories: readonly TownDirectory[];
  /** Tenant of the demo town, when there is one. */
  readonly demoTenantId?: string;
  /** Clear one-time token, when nobody can sign in yet. */
  readonly setupToken?: string;
}

/** What the house holds at start: as it was, the demo town on an empty database, or a one-time token. */
export async function firstContents(
  store: Store,
  empty: boolean,
  makers: { readonly clock: Clock; readonly random: RandomSource },
): Promise<FirstContents> {
  let directories = await store.directory.loadAll();
  if (directories.length === 0 && !empty) {
    await createDemoTown(store.directory, makers);
    directories = await store.directory.loadAll();
  }
  const demoTenantId = directories.find(({ tenant }) => tenant.sipDomain === demoSipDomain)?.tenant.id;
  if (directories.length > 0) return { directories, demoTenantId };
  const setupToken = newToken(makers.random, 52);
  await store.passwords.putSetupToken(hashToken(setupToken), makers.clock.now() + linkValidMilliseconds);
  return { directories, setupToken };
}
