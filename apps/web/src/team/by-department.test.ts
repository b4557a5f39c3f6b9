import type { ColleagueView, PresenceView } from '@amtsleitung/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byDepartment } from './by-department.ts';

const person = (name: string, departmentName: string, presence: PresenceView): ColleagueView => ({
  personId: name,
  name,
  departmentName,
  duties: '',
  presence,
  mayPickUp: false,
});

describe('the team by department', () => {
  it('counts the free ones only where five or more are counted', () => {
    const people = ['a', 'b', 'c', 'd', 'e'].map((name) => person(name, 'Bürgerbüro', 'free'));
    expect(byDepartment([...people, person('f', 'IT', 'free')]).map((group) => [group.name, group.free])).toEqual([
      ['Bürgerbüro', 5],
      ['IT', undefined],
    ]);
  });
  it('keeps its order whatever people do', () => {
    const presence = fc.constantFrom<PresenceView>('free', 'on-phone', 'away', 'do-not-disturb');
    fc.assert(
      fc.property(fc.array(presence, { minLength: 6, maxLength: 6 }), (states) => {
        const people = states.map((state, index) => person(`p${String(index)}`, index % 2 === 0 ? 'B' : 'A', state));
        const order = byDepartment(people).flatMap((group) => group.people.map((one) => one.name));
        expect(order).toEqual(['p1', 'p3', 'p5', 'p0', 'p2', 'p4']);
      }),
    );
  });
});
