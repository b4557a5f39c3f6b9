import type { AdminOverview, DeviceSettingsView, TrunkSettingsView } from '@amtsleitung/contract';
import {
  fullName,
  indexOf,
  writeNumber,
  type Device,
  type Forwarding,
  type Hotline,
  type NumberAssignment,
  type Person,
  type Reachability,
  type TownDirectory,
  type Trunk,
  type TrunkSettings,
} from '@amtsleitung/domain';
import { nameOfDestination } from '../messages/present-message.ts';

/** Everything an administrator sets up; no secret is in it. */
export function presentAdmin(directory: TownDirectory, reachability: Reachability): AdminOverview {
  const { departments, sites, headNumbers, people, devices, numbers, trunks, hotlines } = directory;
  const { settings } = directory.tenant;
  return {
    settings: { ...settings, diallingClasses: [...settings.diallingClasses] },
    departments: departments.map(({ id, name, siteId, diallingClasses }) => ({
      ...{ id, name, siteId },
      ...(diallingClasses ? { diallingClasses: [...diallingClasses] } : {}),
    })),
    sites: sites.map(({ id, name, address, emergencyNumber, emergencyTrunkId }) => ({
      id,
      name,
      address,
      emergencyNumber,
      emergencyTrunkId,
    })),
    headNumbers: headNumbers.map(({ id, e164, areaCodeLength, trunkId }) => ({
      id,
      e164,
      areaCodeLength,
      trunkId,
      text: writeNumber(e164, headNumbers),
    })),
    people: people.map(presentPerson),
    devices: devices.map((device) => presentDevice(device, directory, reachability)),
    numbers: numbers.map((number) => presentNumber(number, directory)),
    trunks: trunks.map(presentTrunk),
    hotlines: hotlines.map(presentHotline),
  };
}

const presentPerson = (person: Person): AdminOverview['people'][number] => ({
  id: person.id,
  firstName: person.firstName,
  lastName: person.lastName,
  departmentId: person.departmentId,
  siteId: person.siteId,
  duties: person.duties,
  extension: person.extension,
  login: person.login,
  roles: [...person.roles],
  language: person.language,
  ...(person.phone.diallingClasses ? { diallingClasses: [...person.phone.diallingClasses] } : {}),
  forwarding: presentForwarding(person.phone.forwarding),
});

const presentForwarding = ({ always, busy, noAnswer }: Forwarding): AdminOverview['people'][number]['forwarding'] => ({
  ...{ always, busy, noAnswer },
});

function presentDevice(
  { id, personId, siteId, label, sipUser, settings, guestPersonId }: Device,
  directory: TownDirectory,
  reachability: Reachability,
): AdminOverview['devices'][number] {
  const nameOf = (wanted: string): string => {
    const person = indexOf(directory).person(wanted);
    return person ? fullName(person) : '';
  };
  return {
    ...{ id, personId, siteId, label, sipUser },
    settings: structuredClone(settings) as DeviceSettingsView,
    personName: nameOf(personId),
    registered: reachability.isRegistered(id),
    ...(guestPersonId === undefined ? {} : { guestName: nameOf(guestPersonId) }),
  };
}

function presentNumber(number: NumberAssignment, directory: TownDirectory): AdminOverview['numbers'][number] {
  const head = indexOf(directory).headNumber(number.headNumberId);
  return {
    id: number.id,
    headNumberId: number.headNumberId,
    extension: number.extension,
    destination: number.destination,
    text: head ? writeNumber(head.e164 + number.extension, [head]) : number.extension,
    targetName: nameOfDestination(number.destination, directory),
  };
}

const presentTrunk = (trunk: Trunk): AdminOverview['trunks'][number] => ({
  id: trunk.id,
  name: trunk.name,
  host: trunk.host,
  ...(trunk.port === undefined ? {} : { port: trunk.port }),
  transport: trunk.transport,
  sourceAddresses: [...trunk.sourceAddresses],
  username: trunk.username,
  outgoingCapacity: trunk.outgoingCapacity,
  hasPassword: trunk.ha1 !== undefined,
  settings: presentTrunkSettings(trunk.settings),
});

/** Lists are copied: the domain's are read-only. */
const presentTrunkSettings = (settings: TrunkSettings): TrunkSettingsView =>
  structuredClone(settings) as TrunkSettingsView;

const presentHotline = (hotline: Hotline): AdminOverview['hotlines'][number] => ({
  id: hotline.id,
  name: hotline.name,
  language: hotline.language,
  memberIds: [...hotline.memberIds],
  openingHours: {
    intervals: [...hotline.openingHours.intervals],
    closures: [...hotline.openingHours.closures],
  },
  ringSeconds: hotline.ringSeconds,
  retryPauseSeconds: hotline.retryPauseSeconds,
  wrapUpSeconds: hotline.wrapUpSeconds,
  maxWaitSeconds: hotline.maxWaitSeconds,
  serviceLevel: hotline.serviceLevel,
});
