import type { Hotline } from '../hotline/hotline.ts';
import type { HeadNumber, NumberAssignment } from '../numbering/head-number.ts';
import type { Device } from './device.ts';
import type { Site } from './organisation.ts';
import type { Person } from './person.ts';
import type { TownDirectory } from './town-directory.ts';
import type { Trunk } from './trunk.ts';

/** Lookups of one directory in constant time. */
export interface DirectoryIndex {
  person(personId: string): Person | undefined;
  hotline(hotlineId: string): Hotline | undefined;
  device(deviceId: string): Device | undefined;
  deviceBySipUser(sipUser: string): Device | undefined;
  site(siteId: string): Site | undefined;
  trunk(trunkId: string): Trunk | undefined;
  headNumber(headNumberId: string): HeadNumber | undefined;
  /** The place of an extension under one head. */
  assignment(headNumberId: string, extension: string): NumberAssignment | undefined;
  /** Who has this extension in their record, for people without an assignment of their own. */
  personByExtension(extension: string): Person | undefined;
  /** The first number that leads to this person. */
  assignmentOfPerson(personId: string): NumberAssignment | undefined;
}

const indexes = new WeakMap<TownDirectory, DirectoryIndex>();

/** Built once per directory and forgotten with it. */
export function indexOf(directory: TownDirectory): DirectoryIndex {
  const known = indexes.get(directory);
  if (known) return known;
  const built = buildIndex(directory);
  indexes.set(directory, built);
  return built;
}

function buildIndex(directory: TownDirectory): DirectoryIndex {
  const people = byKey(directory.people, ({ id }) => id);
  const hotlines = byKey(directory.hotlines, ({ id }) => id);
  const devices = byKey(directory.devices, ({ id }) => id);
  const sipUsers = byKey(directory.devices, ({ sipUser }) => sipUser);
  const sites = byKey(directory.sites, ({ id }) => id);
  const trunks = byKey(directory.trunks, ({ id }) => id);
  const heads = byKey(directory.headNumbers, ({ id }) => id);
  const places = byKey(directory.numbers, ({ headNumberId, extension }) => placeKey(headNumberId, extension));
  const extensions = byKey(directory.people, ({ extension }) => extension);
  const ownPlaces = byKey(directory.numbers, ({ destination }) =>
    destination.kind === 'person' ? destination.personId : undefined,
  );
  return {
    person: (id) => people.get(id),
    hotline: (id) => hotlines.get(id),
    device: (id) => devices.get(id),
    deviceBySipUser: (sipUser) => sipUsers.get(sipUser),
    site: (id) => sites.get(id),
    trunk: (id) => trunks.get(id),
    headNumber: (id) => heads.get(id),
    assignment: (headNumberId, extension) => places.get(placeKey(headNumberId, extension)),
    personByExtension: (extension) => extensions.get(extension),
    assignmentOfPerson: (personId) => ownPlaces.get(personId),
  };
}

const placeKey = (headNumberId: string, extension: string): string => `${extension}@${headNumberId}`;

/** The first of several with the same key counts. */
function byKey<Item>(items: readonly Item[], keyOf: (item: Item) => string | undefined): ReadonlyMap<string, Item> {
  const map = new Map<string, Item>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined && !map.has(key)) map.set(key, item);
  }
  return map;
}
