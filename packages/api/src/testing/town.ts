import { plainDevice, plainPersonPhone, plainTownSettings, staticTrunkSettings } from '@amtsleitung/domain';
import type { Hotline, Person, Role, TownDirectory, Trunk } from '@amtsleitung/domain';

const people: readonly (readonly [name: string, extension: string, roles: readonly Role[]])[] = [
  ['Mira', '120', ['person']],
  ['Pia', '121', ['person']],
  ['Ute', '122', ['person']],
  ['Fritz', '123', ['person']],
  ['Nora', '124', ['person']],
  ['Lena', '130', ['person', 'lead']],
  ['Tessa', '140', ['person', 'admin']],
];

/** A small town; every id starts with `key`, so that a leak between towns is seen in any text. */
export function buildTown(key: string, e164: string): TownDirectory {
  const tenantId = `${key}-town`;
  const id = (what: string) => `${key}-${what}`;
  const [siteId, departmentId, trunkId, headNumberId] = [id('site'), id('department'), id('trunk'), id('head')];
  const staff = people.map(([firstName, extension, roles]): Person => ({
    id: id(firstName.toLowerCase()),
    tenantId,
    departmentId,
    siteId,
    firstName,
    lastName: `Aus${key}`,
    duties: 'Wohnung ummelden',
    extension,
    login: `${firstName}.${key}`.toLowerCase(),
    roles,
    language: 'de',
    away: false,
    phone: plainPersonPhone,
  }));
  const listed: Person = { ...staff[0]!, id: id('listed'), firstName: 'Lisa', extension: '150', login: undefined };
  const small = buildHotline(key, 'Ausweise', [id('mira'), id('pia')]);
  const big = buildHotline(
    key,
    'Service',
    staff.slice(0, 5).map((person) => person.id),
  );
  const everybody = [...staff, listed];
  return {
    tenant: {
      id: tenantId,
      name: `Stadt ${key}`,
      sipDomain: `${key}.example`,
      language: 'de',
      timeZone: 'Europe/Berlin',
      settings: plainTownSettings,
    },
    municipalities: [{ id: id('municipality'), tenantId, name: key }],
    sites: [
      {
        id: siteId,
        tenantId,
        municipalityId: id('municipality'),
        name: 'Rathaus',
        address: 'Markt 1',
        emergencyNumber: `${e164}0`,
        emergencyTrunkId: trunkId,
      },
    ],
    departments: [{ id: departmentId, tenantId, siteId, name: 'Bürgeramt' }],
    people: everybody,
    devices: [
      {
        id: id('device'),
        tenantId,
        personId: id('mira'),
        siteId,
        label: 'Tischtelefon',
        sipUser: id('sip'),
        ha1: { md5: 'm', sha256: 's' },
        settings: plainDevice,
      },
    ],
    headNumbers: [{ id: headNumberId, tenantId, e164, areaCodeLength: 4, trunkId }],
    numbers: [
      ...everybody.map(({ id: personId, extension }) => ({
        id: id(`number-${extension}`),
        tenantId,
        headNumberId,
        extension: extension!,
        destination: { kind: 'person', personId } as const,
      })),
      {
        id: id('number-0'),
        tenantId,
        headNumberId,
        extension: '0',
        destination: { kind: 'hotline', hotlineId: big.id },
      },
    ],
    trunks: [buildTrunk(key)],
    hotlines: [small, big],
  };
}

const buildHotline = (key: string, name: string, memberIds: readonly string[]): Hotline => ({
  id: `${key}-${name.toLowerCase()}`,
  tenantId: `${key}-town`,
  name,
  language: 'de',
  memberIds,
  openingHours: { intervals: [{ weekday: 1, from: '08:00', to: '16:00' }], closures: [] },
  ringSeconds: 20,
  retryPauseSeconds: 15,
  wrapUpSeconds: 30,
  maxWaitSeconds: 600,
  serviceLevel: { percent: 75, seconds: 30 },
});

const buildTrunk = (key: string): Trunk => ({
  id: `${key}-trunk`,
  tenantId: `${key}-town`,
  name: 'Amt',
  host: 'sip.example',
  port: 5060,
  transport: 'udp',
  sourceAddresses: [key === 'berg' ? '192.0.2.1' : '192.0.2.2'],
  username: '',
  outgoingCapacity: 10,
  settings: staticTrunkSettings,
});
