import type { TownDirectory } from '@amtsleitung/domain';

/** User parts that name nobody outside: extensions and numbers of the house, its devices and accounts. */
export interface OwnNames {
  has(user: string): boolean;
}

/** What our own contacts and anonymous callers bear. */
const everybodys = ['amt', 'anonymous', 'unavailable', 'unknown', 'restricted', 'conference'];

/** All names of a tenant at this moment, in every way a provider may write a number. */
export function ownNames(town: TownDirectory): OwnNames {
  const extensions = new Set([
    ...town.numbers.map(({ extension }) => extension),
    ...town.people.flatMap(({ extension }) => extension ?? []),
  ]);
  const accounts = town.trunks.flatMap(({ username, settings }) => [username, settings.authName]);
  const names = new Set([...everybodys, ...town.devices.map(({ sipUser }) => sipUser), ...accounts, ...extensions]);
  const heads = town.headNumbers.map(({ e164 }) => e164.slice('+49'.length));
  const sites = new Set(town.sites.map(({ emergencyNumber }) => emergencyNumber.replace(/^\+49/, '')));
  return {
    has(user) {
      if (names.has(user)) return true;
      const national = /^(?:\+49|0049|49|0)([1-9]\d*)$/.exec(user)?.[1];
      if (national === undefined) return false;
      if (sites.has(national)) return true;
      const head = heads.find((one) => national.startsWith(one));
      const rest = head === undefined ? undefined : national.slice(head.length);
      return rest === '' || (rest !== undefined && extensions.has(rest));
    },
  };
}
