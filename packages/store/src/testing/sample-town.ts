import { plainDevice, plainPersonPhone, plainTownSettings, staticTrunkSettings } from '@amtsleitung/domain';
import type { DirectoryStore, TownDirectory } from '@amtsleitung/domain';

type Id = (name: string) => string;

/** A small complete town; every id begins with the tenant's. */
export function sampleTown(tenantId: string): TownDirectory {
  const id: Id = (name) => `${tenantId}-${name}`;
  const tenant = {
    id: tenantId,
    name: `Amt ${tenantId}`,
    sipDomain: `${tenantId}.example`,
    language: 'de',
    timeZone: 'Europe/Berlin',
    settings: plainTownSettings,
  } as const;
  const person = {
    tenantId,
    departmentId: id('office'),
    siteId: id('hall'),
    language: 'de',
    away: false,
    phone: plainPersonPhone,
  } as const;
  return {
    tenant,
    municipalities: [{ id: id('village'), tenantId, name: 'Dorf' }],
    sites: [
      {
        id: id('hall'),
        tenantId,
        municipalityId: id('village'),
        name: 'Rathaus',
        address: 'Markt 1',
        emergencyNumber: '+4949992100',
        emergencyTrunkId: id('trunk'),
      },
    ],
    departments: [{ id: id('office'), tenantId, siteId: id('hall'), name: 'Bürgerbüro' }],
    people: [
      {
        ...person,
        id: id('ada'),
        firstName: 'Ada',
        lastName: 'Amt',
        duties: 'Ausweise',
        roles: ['person'],
        login: 'ada',
      },
      {
        ...person,
        id: id('ben'),
        firstName: 'Ben',
        lastName: 'Büro',
        duties: '',
        roles: ['person', 'lead'],
        extension: '12',
      },
      { ...person, id: id('eve'), firstName: 'Eve', lastName: 'Echo', duties: '', roles: [] },
    ],
    devices: [
      {
        id: id('desk'),
        tenantId,
        personId: id('ada'),
        siteId: id('hall'),
        label: 'Tischtelefon',
        sipUser: id('ada-desk'),
        ha1: { md5: 'm', sha256: 's' },
        settings: plainDevice,
      },
    ],
    headNumbers: [{ id: id('head'), tenantId, e164: '+49499921', areaCodeLength: 4, trunkId: id('trunk') }],
    numbers: [
      {
        id: id('n0'),
        tenantId,
        headNumberId: id('head'),
        extension: '0',
        destination: { kind: 'hotline', hotlineId: id('desk-line') },
      },
      {
        id: id('n12'),
        tenantId,
        headNumberId: id('head'),
        extension: '12',
        destination: { kind: 'person', personId: id('ben') },
      },
    ],
    trunks: trunksOf(tenantId, id),
    hotlines: hotlinesOf(tenantId, id),
  };
}

const trunksOf = (tenantId: string, id: Id): TownDirectory['trunks'] => [
  {
    id: id('trunk'),
    tenantId,
    name: 'Leitung',
    host: '127.0.0.2',
    port: 5080,
    transport: 'udp',
    sourceAddresses: ['127.0.0.2'],
    username: '',
    outgoingCapacity: 16,
    settings: staticTrunkSettings,
  },
  {
    id: id('trunk-digest'),
    tenantId,
    name: 'Zweite Leitung',
    host: 'provider.example',
    port: 5060,
    transport: 'tcp',
    sourceAddresses: [],
    username: 'house',
    ha1: { md5: 'a', sha256: 'b' },
    password: 'secret',
    outgoingCapacity: 4,
    settings: staticTrunkSettings,
  },
];

const hotlinesOf = (tenantId: string, id: Id): TownDirectory['hotlines'] => [
  {
    id: id('desk-line'),
    tenantId,
    name: 'Bürgerservice',
    language: 'de',
    memberIds: [id('ben'), id('ada')],
    openingHours: {
      intervals: [
        { weekday: 1, from: '08:00', to: '12:00' },
        { weekday: 1, from: '14:00', to: '24:00' },
      ],
      closures: [{ date: '2026-12-24', reason: 'Heiligabend' }],
    },
    ringSeconds: 20,
    retryPauseSeconds: 15,
    wrapUpSeconds: 30,
    maxWaitSeconds: 300,
    serviceLevel: { percent: 75, seconds: 30 },
  },
];

/** Saves a town record by record, in the order the references need. */
export async function saveTown(store: DirectoryStore, town: TownDirectory): Promise<void> {
  await store.saveTenant(town.tenant);
  for (const municipality of town.municipalities) await store.saveMunicipality(municipality);
  for (const trunk of town.trunks) await store.saveTrunk(trunk);
  for (const site of town.sites) await store.saveSite(site);
  for (const department of town.departments) await store.saveDepartment(department);
  for (const person of town.people) await store.savePerson(person);
  for (const device of town.devices) await store.saveDevice(device);
  for (const hotline of town.hotlines) await store.saveHotline(hotline);
  for (const headNumber of town.headNumbers) await store.saveHeadNumber(headNumber);
  for (const number of town.numbers) await store.saveNumber(number);
}
