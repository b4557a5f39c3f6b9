import { indexOf } from '../directory/directory-index.ts';
import type { Person } from '../directory/person.ts';
import type { TownDirectory } from '../directory/town-directory.ts';
import type { DiallingClass } from '../numbering/dialling-class.ts';

/** What somebody may dial: their own rights, else their department's, else the organisation's. */
export function rightsOf(directory: TownDirectory, person: Person): readonly DiallingClass[] {
  const department = directory.departments.find(({ id }) => id === person.departmentId);
  return person.phone.diallingClasses ?? department?.diallingClasses ?? directory.tenant.settings.diallingClasses;
}

/** Undefined person: somebody who is not in the directory may call nobody but for help. */
export function mayDial(directory: TownDirectory, personId: string, diallingClass: DiallingClass): boolean {
  const person = indexOf(directory).person(personId);
  return person !== undefined && rightsOf(directory, person).includes(diallingClass);
}
