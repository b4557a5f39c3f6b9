import { headNumberInput, hotlineInput, numberInput, personInput } from '@amtsleitung/contract';
import { describe, expect, it } from 'vitest';
import { checkInput } from './check-input.ts';

const person = {
  firstName: 'Ute',
  lastName: 'Umzug',
  departmentId: 'd',
  siteId: 's',
  duties: '',
  roles: ['person'],
  language: 'de',
};

describe('a form before it is sent', () => {
  it('is fine when it fits', () => expect(checkInput(personInput, person)).toEqual({}));
  it('tells missing from wrong', () => {
    expect(checkInput(personInput, { ...person, lastName: '', password: 'short' })).toEqual({
      lastName: 'required',
      password: 'too-small',
    });
    expect(
      checkInput(numberInput, { headNumberId: 'h', extension: '12a', destination: { kind: 'person', personId: '' } }),
    ).toEqual({
      extension: 'invalid-format',
      'destination.personId': 'required',
    });
    expect(checkInput(headNumberInput, { e164: '0499921', areaCodeLength: Number.NaN, trunkId: 't' })).toMatchObject({
      e164: 'invalid-format',
      areaCodeLength: 'required',
    });
  });
  it('names the row in a table', () => {
    const hotline = {
      name: 'Bürgerservice',
      language: 'de',
      memberIds: [],
      openingHours: { intervals: [{ weekday: 1, from: '08:00', to: '' }], closures: [] },
      ringSeconds: 20,
      retryPauseSeconds: 10,
      wrapUpSeconds: 60,
      maxWaitSeconds: 300,
      serviceLevel: { percent: 80, seconds: 20 },
    };
    expect(checkInput(hotlineInput, hotline)).toEqual({ 'openingHours.intervals.0.to': 'required' });
  });
});
