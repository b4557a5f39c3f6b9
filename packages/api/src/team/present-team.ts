import type { ColleagueView } from '@amtsleitung/contract';
import { fullName, mayPickUp, type Person, type PresenceBoard, type TownDirectory } from '@amtsleitung/domain';

/** Colleagues in the order given as `viewer` sees them, each with one of the four words and nothing finer. */
export function presentTeam(
  people: readonly Person[],
  viewer: Person,
  presence: PresenceBoard,
  { departments }: TownDirectory,
): ColleagueView[] {
  const departmentNames = new Map(departments.map(({ id, name }) => [id, name]));
  return people.map((person) => ({
    personId: person.id,
    name: fullName(person),
    departmentName: departmentNames.get(person.departmentId) ?? '',
    duties: person.duties,
    extension: person.extension,
    presence: presence.presenceOf(person.id),
    mayPickUp: person.id !== viewer.id && mayPickUp(person, viewer),
  }));
}

/** Who stands in the team's list: everybody with a line. */
export const hasLine = ({ extension }: Person): boolean => extension !== undefined;
