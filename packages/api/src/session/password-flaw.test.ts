import { describe, expect, it } from 'vitest';
import { passwordFlaw } from './password-flaw.ts';

const mira = ['mira.meldewesen', 'Mira', 'Meldewesen', 'Amt Musterstadt', undefined];

describe('passwordFlaw', () => {
  it.each([
    'Passwort123!',
    'Passwort2026',
    'Sommer-2026-Sommer',
    '1234567890',
    'aaaaaaaaaaaa',
    'mira.meldewesen1',
    'Meldewesen!2026',
    'Musterstadt-Rathaus',
    'qwertzqwertz1',
    'abababababab',
    '----------------',
  ])('knows that %s is guessed first', (password) => expect(passwordFlaw(password, mira)).toBe('guessable'));

  it.each(['kastanie-im-hof', 'Drei Igel queren leise', 'x7Kq-19vT-pp2', '😀🌳🚲🎺🍋🐌🌧️', 'rathausturmuhrzeiger'])(
    'takes %s',
    (password) => expect(passwordFlaw(password, mira)).toBeUndefined(),
  );
});
