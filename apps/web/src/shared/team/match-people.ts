import type { ColleagueView } from '@amtsleitung/contract';

/** Compares as people type: without case, umlaut dots and accents; `ß` is `ss`. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '');

const fieldsOf = (person: ColleagueView): readonly string[] => [
  person.name,
  person.departmentName,
  person.duties,
  person.extension ?? '',
];

/** People of whom every typed word begins a word, in the order they came. */
export function matchPeople<P extends ColleagueView>(people: readonly P[], typed: string): readonly P[] {
  const words = fold(typed)
    .replace(/^-(?=\d)/, '')
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return people;
  return people.filter((person) => {
    const parts = fieldsOf(person).flatMap((field) => fold(field).split(/[\s,;/·-]+/));
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  });
}

/** Whether the text is meant as a number to dial. */
export const isDialable = (typed: string): boolean => /^[+*#\d][\d\s\-/()*#]*$/.test(typed.trim());
