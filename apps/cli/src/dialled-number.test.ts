import { expect, it } from 'vitest';
import { wholeNumber } from './dialled-number.ts';

const heads = ['+49499921'];

it.each([
  ['21-0', '+494999210'],
  ['21-115', '+49499921115'],
  ['04999 21-120', '0499921120'],
  ['+49 4999 21-0', '+494999210'],
  ['(04999) 21/0', '04999210'],
])('%s is %s', (typed, whole) => expect(wholeNumber(typed, heads)).toBe(whole));

it('refuses what is no number, with an example', () => {
  expect(() => wholeNumber('Rathaus', heads)).toThrow(/npm run call -- 21-0/);
});
