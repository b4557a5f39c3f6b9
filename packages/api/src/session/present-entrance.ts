import type { Entrance } from '@amtsleitung/contract';
import { fullName, type TownDirectory } from '@amtsleitung/domain';
import { awaitsSetUp } from './create-house.ts';

/** What anybody may know: the house's name, and in the demo town (`openDemoId`: it is open to them) whom one can be. */
export function presentEntrance(
  directories: readonly TownDirectory[],
  host: string,
  openDemoId: string | undefined,
): Entrance {
  // With several towns in one house, only the one that was asked for by name is told.
  const directory =
    directories.find(({ tenant }) => tenant.sipDomain === host) ??
    (directories.length === 1 ? directories[0] : directories.find(({ tenant }) => tenant.id === openDemoId));
  return {
    tenantName: directory?.tenant.name ?? '',
    state: awaitsSetUp(directories) ? 'setup' : 'ready',
    demoPeople: directory && directory.tenant.id === openDemoId ? demoPeople(directory) : [],
  };
}

function demoPeople({ people, departments }: TownDirectory): Entrance['demoPeople'] {
  const names = new Map(departments.map(({ id, name }) => [id, name]));
  return people
    .filter(({ login }) => login !== undefined)
    .map((person) => ({
      personId: person.id,
      name: fullName(person),
      departmentName: names.get(person.departmentId) ?? '',
      roles: [...person.roles],
    }));
}
