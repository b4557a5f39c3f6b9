import type { ColleagueView } from '@amtsleitung/contract';
import { describe, expect, it } from 'vitest';
import { isDialable, matchPeople } from './match-people.ts';

const person = (name: string, departmentName: string, duties: string, extension: string): ColleagueView => ({
  personId: name,
  name,
  departmentName,
  duties,
  extension,
  presence: 'free',
  mayPickUp: false,
});
const people = [
  person('Bodo Bauantrag', 'Bauamt', 'Bauanträge, Bauvoranfragen', '401'),
  person('Sven Straßenbau', 'Bauamt', 'Straßen und Wege', '407'),
  person('Ute Umzug', 'Bürgerbüro', 'Wohnung ummelden', '122'),
];
const found = (typed: string): string[] => matchPeople(people, typed).map((one) => one.name);

describe('finding people', () => {
  it('finds by name, department, duty and extension, in the given order', () => {
    expect(found('bau')).toEqual(['Bodo Bauantrag', 'Sven Straßenbau']);
    expect(found('umm')).toEqual(['Ute Umzug']);
    expect(found('-40')).toEqual(['Bodo Bauantrag', 'Sven Straßenbau']);
    expect(found('burgerburo ute')).toEqual(['Ute Umzug']);
    expect(found('strasse')).toEqual(['Sven Straßenbau']);
  });
  it('shows everybody for nothing and nobody for nonsense', () => {
    expect(found('  ')).toHaveLength(3);
    expect(found('angelkarte')).toEqual([]);
  });
  it('tells numbers from names', () => {
    expect(isDialable('0171 39200-42')).toBe(true);
    expect(isDialable('+49 89 99998')).toBe(true);
    expect(isDialable('122')).toBe(true);
    expect(isDialable('Ute')).toBe(false);
    expect(isDialable('')).toBe(false);
  });
});
