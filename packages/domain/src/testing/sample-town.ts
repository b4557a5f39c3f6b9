import type { Person } from '../directory/person.ts';
import { plainPersonPhone, type Forwarding, type PersonPhone } from '../directory/person-phone.ts';
import { plainTownSettings } from '../directory/town-settings.ts';
import { staticTrunkSettings } from '../directory/trunk-settings.ts';
import type { TownDirectory } from '../directory/town-directory.ts';
import type { Hotline } from '../hotline/hotline.ts';
import type { OpeningHours, Weekday } from '../schedule/opening-hours.ts';

/** Open day and night. */
export const alwaysOpen: OpeningHours = {
  intervals: ([1, 2, 3, 4, 5, 6, 7] as Weekday[]).map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
  closures: [],
};

const tenantId = 'town';

/** The town with one of its people changed. */
export function townWhere(
  personId: string,
  change: Partial<Omit<PersonPhone, 'forwarding'>> & { readonly forwarding?: Partial<Forwarding> },
  town: TownDirectory = sampleTown(),
): TownDirectory {
  const changed = (phone: PersonPhone): PersonPhone => ({
    ...{ ...phone, ...change },
    forwarding: { ...phone.forwarding, ...change.forwarding },
  });
  const people = town.people.map((person) =>
    person.id === personId ? { ...person, phone: changed(person.phone) } : person,
  );
  return { ...town, people };
}

/** Somebody of the sample town; `id` is the first name in lower case. */
export function samplePerson(firstName: string, extension?: string): Person {
  const id = firstName.toLowerCase();
  return {
    id,
    tenantId,
    departmentId: 'office',
    siteId: 'townhall',
    firstName,
    lastName: `${firstName}sen`,
    duties: '',
    login: id,
    roles: ['person'],
    language: 'de',
    away: false,
    phone: plainPersonPhone,
    ...(extension === undefined ? {} : { extension }),
  };
}

export function sampleHotline(id: string, memberIds: readonly string[], changes: Partial<Hotline> = {}): Hotline {
  return {
    id,
    tenantId,
    name: `Hotline ${id}`,
    language: 'de',
    memberIds,
    openingHours: alwaysOpen,
    ringSeconds: 20,
    retryPauseSeconds: 10,
    wrapUpSeconds: 30,
    maxWaitSeconds: 600,
    serviceLevel: { percent: 75, seconds: 30 },
    ...changes,
  };
}

/**
 * A small town: head number +49 6205 21, hotline `service` on -0 and -115 (anna, ben, cem), hotline `permits` on -12
 * (ben, dora), everybody on an extension of their own, eve on none.
 */
export function sampleTown(changes: Partial<TownDirectory> = {}): TownDirectory {
  const people = [
    samplePerson('Anna', '120'),
    samplePerson('Ben', '121'),
    samplePerson('Cem', '1222'),
    samplePerson('Dora', '123'),
    samplePerson('Eve'),
  ];
  const place = (extension: string, destination: TownDirectory['numbers'][number]['destination']) => ({
    ...{ id: `place-${extension}`, tenantId, headNumberId: 'head', extension, destination },
  });
  return {
    tenant: {
      id: tenantId,
      name: 'Musterdorf',
      sipDomain: 'town.example',
      language: 'de',
      timeZone: 'Europe/Berlin',
      settings: plainTownSettings,
    },
    municipalities: [{ id: 'village', tenantId, name: 'Musterdorf' }],
    sites: [
      {
        ...{ id: 'townhall', tenantId, municipalityId: 'village', name: 'Rathaus', address: 'Am Markt 1' },
        ...{ emergencyNumber: '+496205210', emergencyTrunkId: 'line' },
      },
    ],
    departments: [{ id: 'office', tenantId, siteId: 'townhall', name: 'Bürgeramt' }],
    people,
    devices: [],
    headNumbers: [{ id: 'head', tenantId, e164: '+49620521', areaCodeLength: 4, trunkId: 'line' }],
    numbers: [
      place('0', { kind: 'hotline', hotlineId: 'service' }),
      place('115', { kind: 'hotline', hotlineId: 'service' }),
      place('12', { kind: 'hotline', hotlineId: 'permits' }),
      ...people.flatMap(({ id, extension }) => (extension ? [place(extension, { kind: 'person', personId: id })] : [])),
    ],
    trunks: [
      {
        ...{ id: 'line', tenantId, name: 'Leitung', host: '192.0.2.1', port: 5060, transport: 'udp' as const },
        ...{ sourceAddresses: ['192.0.2.1'], username: '', outgoingCapacity: 4, settings: staticTrunkSettings },
      },
    ],
    hotlines: [sampleHotline('service', ['anna', 'ben', 'cem']), sampleHotline('permits', ['ben', 'dora'])],
    ...changes,
  };
}
