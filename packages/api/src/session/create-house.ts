import { newId, type Clock, type RandomSource } from '@amtsleitung/base';
import { plainPersonPhone, plainTownSettings } from '@amtsleitung/domain';
import type { DirectoryStore, PasswordStore, TownDirectory } from '@amtsleitung/domain';
import type { ApiContext } from '../api-context.ts';
import { hashPassword } from './password-hasher.ts';

export interface FirstAdministrator {
  readonly tenantName: string;
  /** Default: made from the name. */
  readonly sipDomain?: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly login: string;
  readonly password: string;
}

/** A house nobody can sign in to as administrator. */
export const awaitsSetUp = (directories: readonly TownDirectory[]): boolean =>
  !directories.some(({ people }) => people.some(({ login, roles }) => login && roles.includes('admin')));

/** What it takes to found a town, with or without a running house. */
export interface TownFounder {
  readonly directoryStore: DirectoryStore;
  readonly passwords: PasswordStore;
  readonly clock: Clock;
  readonly random: RandomSource;
}

export interface FoundedTown {
  readonly tenantId: string;
  readonly personId: string;
  readonly sipDomain: string;
}

/**
 * Tenant, municipality, site, department and the first administrator. May be repeated after a failure half-way: what
 * has begun is used again, and the login comes last, so that a half-made town still awaits its set-up.
 */
export async function foundTown(
  { directoryStore: store, passwords, clock, random }: TownFounder,
  input: FirstAdministrator,
  begun?: TownDirectory,
): Promise<FoundedTown> {
  const id = () => newId(clock, random);
  const passwordHash = await hashPassword(input.password);
  const tenant = {
    id: begun?.tenant.id ?? id(),
    name: input.tenantName,
    sipDomain: input.sipDomain ?? sipDomainOf(input.tenantName),
    language: 'de',
    timeZone: 'Europe/Berlin',
    settings: plainTownSettings,
  } as const;
  const tenantId = tenant.id;
  const municipality = { id: begun?.municipalities[0]?.id ?? id(), tenantId, name: input.tenantName };
  const site = {
    id: begun?.sites[0]?.id ?? id(),
    tenantId,
    municipalityId: municipality.id,
    name: 'Rathaus',
    address: '',
    emergencyNumber: '',
    emergencyTrunkId: '',
  };
  const department = { id: begun?.departments[0]?.id ?? id(), tenantId, siteId: site.id, name: 'Verwaltung' };
  const admin = {
    id: begun?.people[0]?.id ?? id(),
    tenantId,
    departmentId: department.id,
    siteId: site.id,
    firstName: input.firstName,
    lastName: input.lastName,
    duties: '',
    roles: ['person', 'admin'],
    language: 'de',
    away: false,
    phone: plainPersonPhone,
  } as const;
  await store.saveTenant(tenant);
  await store.saveMunicipality(municipality);
  await store.saveSite(site);
  await store.saveDepartment(department);
  await store.savePerson(admin);
  await passwords.set(admin.id, passwordHash);
  await store.savePerson({ ...admin, login: input.login });
  return { tenantId, personId: admin.id, sipDomain: tenant.sipDomain };
}

/** The first town of an empty house. */
export async function createHouse({ ports, audit }: ApiContext, input: FirstAdministrator): Promise<FoundedTown> {
  const founded = await foundTown(ports, input, (await ports.directoryStore.loadAll())[0]);
  await ports.reloadDirectory(founded.tenantId);
  audit.changed(founded.tenantId, founded.personId, 'person', founded.personId, 'created');
  return founded;
}

const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** A SIP domain that no public name can clash with: `.internal` is set aside for private use. */
export function sipDomainOf(tenantName: string): string {
  const label = tenantName
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => umlauts[letter]!)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '');
  return `${label || 'rathaus'}.internal`;
}
