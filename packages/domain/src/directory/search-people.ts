import { fullName, type Person } from './person.ts';
import type { TownDirectory } from './town-directory.ts';

/**
 * People whose name, duties, department or extension hold every word of `search`, alphabetical by last name; all for an
 * empty search. Accents and case do not matter: `muller` and `mueller` find `Müller`.
 */
export function searchPeople(directory: TownDirectory, search = ''): readonly Person[] {
  const departments = new Map(directory.departments.map(({ id, name }) => [id, name]));
  const words = fold(search).split(' ').filter(Boolean).slice(0, mostWords);
  return directory.people
    .filter((person) => {
      const department = departments.get(person.departmentId) ?? '';
      const written = [fullName(person), person.duties, department, person.extension ?? ''].join(' ');
      const text = `${fold(written)} ${fold(spellOut(written))}`;
      return words.every((word) => text.includes(word));
    })
    .sort(byName);
}

const mostWords = 8;
const collator = new Intl.Collator('de');
const byName = (left: Person, right: Person): number =>
  collator.compare(left.lastName, right.lastName) ||
  collator.compare(left.firstName, right.firstName) ||
  collator.compare(left.id, right.id);

const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' };
const spellOut = (text: string): string =>
  text.normalize('NFC').replace(/[äöüÄÖÜ]/g, (umlaut) => umlauts[umlaut] ?? umlaut);

const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
