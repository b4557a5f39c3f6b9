import { plainPersonPhone, plainTownSettings, staticTrunkSettings } from '@amtsleitung/domain';
import type { Clock, RandomSource } from '@amtsleitung/base';
import { newId } from '@amtsleitung/base';
import type {
  Department,
  Destination,
  DirectoryStore,
  Hotline,
  OpeningHours,
  Person,
  Site,
  Weekday,
} from '@amtsleitung/domain';
import {
  ausweise,
  buergerservice,
  demoDepartments,
  demoMunicipalities,
  demoPeople,
  demoSites,
  listedPeople,
} from './demo-people.ts';
import type { DemoPerson } from './demo-people.ts';

/** Area code 4999 is assigned to nobody, so no demo number ever rings at a real desk. */
const headE164 = '+49499921';
/** Source address of the demo's provider; loopback has more addresses than one. */
export const demoTrunkAddress = '127.0.0.2';
export const demoTrunkPort = 5080;
export const demoSipDomain = 'musterstadt.example';
const listedCount = 300 - demoPeople.length;

interface Makers {
  readonly clock: Clock;
  readonly random: RandomSource;
}

const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const always: OpeningHours = {
  intervals: weekdays.map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
  closures: [],
};
const officeHours: OpeningHours = {
  intervals: [1, 2, 3, 4, 5].map((weekday) => ({
    weekday: weekday as Weekday,
    from: '08:00',
    to: weekday === 4 ? '18:00' : '16:00',
  })),
  closures: [
    { date: '2026-12-24', reason: 'Heiligabend' },
    { date: '2026-12-31', reason: 'Silvester' },
  ],
};

/** Fills an empty database with the town "Musterstadt". Returns the tenant's id. */
export async function createDemoTown(store: DirectoryStore, makers: Makers): Promise<string> {
  const id = () => newId(makers.clock, makers.random);
  const tenantId = id();
  const [headId, trunkId] = [id(), id()];
  await store.saveTenant({
    id: tenantId,
    name: 'Musterstadt',
    sipDomain: demoSipDomain,
    language: 'de',
    timeZone: 'Europe/Berlin',
    settings: plainTownSettings,
  });
  await store.saveTrunk({
    id: trunkId,
    tenantId,
    name: 'Demo-Leitung',
    host: demoTrunkAddress,
    port: demoTrunkPort,
    transport: 'udp',
    sourceAddresses: [demoTrunkAddress],
    username: '',
    outgoingCapacity: 100,
    // There is no provider in a demo: nobody would answer.
    settings: { ...staticTrunkSettings, optionsSeconds: 0 },
  });
  await store.saveHeadNumber({ id: headId, tenantId, e164: headE164, areaCodeLength: 4, trunkId });
  const departments = await saveOrganisation(store, tenantId, trunkId, id);
  const people = await savePeople(store, tenantId, departments, id);
  const hotlines = await saveHotlines(store, tenantId, people, id);
  const number = (extension: string, destination: Destination) =>
    store.saveNumber({ id: id(), tenantId, headNumberId: headId, extension, destination });
  for (const person of people) await number(person.extension!, { kind: 'person', personId: person.id });
  for (const [extension, hotline] of [
    ['0', buergerservice],
    ['115', buergerservice],
    ['125', ausweise],
  ] as const) {
    await number(extension, { kind: 'hotline', hotlineId: hotlines.get(hotline)! });
  }
  return tenantId;
}

async function saveOrganisation(store: DirectoryStore, tenantId: string, trunkId: string, id: () => string) {
  const municipalities = new Map<string, string>();
  for (const name of demoMunicipalities) {
    const municipality = { id: id(), tenantId, name };
    municipalities.set(name, municipality.id);
    await store.saveMunicipality(municipality);
  }
  const sites = new Map<string, Site>();
  for (const { name, municipality, address, extension } of demoSites) {
    const site: Site = {
      id: id(),
      tenantId,
      municipalityId: municipalities.get(municipality)!,
      name,
      address,
      emergencyNumber: headE164 + extension,
      emergencyTrunkId: trunkId,
    };
    sites.set(name, site);
    await store.saveSite(site);
  }
  const departments = new Map<string, Department>();
  for (const { name, site } of demoDepartments) {
    const department = { id: id(), tenantId, siteId: sites.get(site)!.id, name };
    departments.set(name, department);
    await store.saveDepartment(department);
  }
  return departments;
}

async function savePeople(
  store: DirectoryStore,
  tenantId: string,
  departments: ReadonlyMap<string, Department>,
  id: () => string,
): Promise<readonly Person[]> {
  const people: Person[] = [];
  for (const entry of [...demoPeople, ...listedPeople(listedCount)]) {
    const department = departments.get(entry.department)!;
    const login = 'roles' in entry ? `${entry.firstName}.${entry.lastName}`.toLowerCase() : undefined;
    const person: Person = {
      id: id(),
      tenantId,
      departmentId: department.id,
      siteId: department.siteId,
      firstName: entry.firstName,
      lastName: entry.lastName,
      duties: entry.duties,
      extension: entry.extension,
      login,
      roles: 'roles' in entry ? (entry as DemoPerson).roles : ['person'],
      language: 'de',
      away: false,
      phone: plainPersonPhone,
    };
    people.push(person);
    await store.savePerson(person);
  }
  return people;
}

async function saveHotlines(
  store: DirectoryStore,
  tenantId: string,
  people: readonly Person[],
  id: () => string,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const [name, openingHours] of [
    [buergerservice, always],
    [ausweise, officeHours],
  ] as const) {
    const members = demoPeople.filter((entry) => entry.hotlines.includes(name)).map((entry) => entry.lastName);
    const hotline: Hotline = {
      id: id(),
      tenantId,
      name,
      language: 'de',
      memberIds: people
        .filter((person) => person.login && members.includes(person.lastName))
        .map((person) => person.id),
      openingHours,
      ringSeconds: 20,
      retryPauseSeconds: 15,
      wrapUpSeconds: 30,
      maxWaitSeconds: 600,
      serviceLevel: { percent: 75, seconds: 30 },
    };
    ids.set(name, hotline.id);
    await store.saveHotline(hotline);
  }
  return ids;
}
