import type { PersonInput } from '@amtsleitung/contract';
import { extensionFlaw, indexOf, type Person, type TownDirectory } from '@amtsleitung/domain';
import { notFound } from '../http/problem.ts';
import { passwordFlaw } from '../session/password-flaw.ts';
import { foldLogin } from '../session/resolve-login.ts';
import { FieldErrors } from './field-errors.ts';
import { placeOf } from './keep-number-in-step.ts';

/** `before`: the record that is to be replaced. Throws 422 with the fields. */
export function checkPerson(input: PersonInput, before: Person | undefined, directory: TownDirectory): void {
  const errors = new FieldErrors();
  const index = indexOf(directory);
  errors.when(!directory.departments.some(({ id }) => id === input.departmentId), 'departmentId', 'unknown');
  errors.when(!index.site(input.siteId), 'siteId', 'unknown');
  if (input.extension !== undefined && input.extension !== before?.extension) {
    const flaw = extensionFlaw(input.extension);
    errors.when(flaw !== undefined, 'extension', flaw ?? '');
    errors.when(isTaken(input.extension, before, directory), 'extension', 'taken');
  }
  if (input.login !== undefined) {
    const login = foldLogin(input.login);
    const owner = directory.people.find((person) => person.login !== undefined && foldLogin(person.login) === login);
    errors.when(owner !== undefined && owner.id !== before?.id, 'login', 'taken');
    errors.when(before?.login === undefined && input.password === undefined, 'password', 'required');
  }
  if (input.password !== undefined) {
    const flaw = passwordFlaw(input.password, [input.login, input.firstName, input.lastName, directory.tenant.name]);
    errors.when(flaw !== undefined, 'password', flaw ?? '');
  }
  const staysAdministrator = input.login !== undefined && input.roles.includes('admin');
  errors.when(
    before !== undefined && !staysAdministrator && isLastAdministrator(before, directory),
    'roles',
    'last-administrator',
  );
  errors.throwIfAny();
}

/** Another place under the same head, or another person's record, has the extension. */
function isTaken(extension: string, before: Person | undefined, directory: TownDirectory): boolean {
  const place = placeOf(extension, before, directory);
  const ofNobodyElse = !place || (place.destination.kind === 'person' && place.destination.personId === before?.id);
  const owner = indexOf(directory).personByExtension(extension);
  return !ofNobodyElse || (owner !== undefined && owner.id !== before?.id);
}

const isAdministrator = ({ login, roles }: Person): boolean => login !== undefined && roles.includes('admin');

export const isLastAdministrator = (person: Person, { people }: TownDirectory): boolean =>
  isAdministrator(person) && people.filter(isAdministrator).length === 1;

export function personOf(directory: TownDirectory, personId: string): Person {
  const person = indexOf(directory).person(personId);
  if (!person) throw notFound();
  return person;
}
