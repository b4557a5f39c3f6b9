import { describe, expect, it } from 'vitest';
import { buildTown } from '../testing/index.ts';
import { partyText } from './present-party.ts';

describe('partyText', () => {
  const town = buildTown('berg', '+49499921');
  it.each([
    [{ number: '+491713920042' }, '0171 3920042'],
    [{ number: '+491713920042', name: 'Berta' }, 'Berta (0171 3920042)'],
    [{ number: '+442079460000' }, '+44 20 7946 0000'],
    [{ number: '120', name: 'Mira Ausberg' }, 'Mira Ausberg (-120)'],
    [{ number: '+49499921120' }, '-120'],
    [{ number: '112' }, '112'],
    [{ name: 'nur ein Name' }, 'nur ein Name'],
    [{}, ''],
  ])('writes %o as "%s"', (party, text) => expect(partyText(party, town)).toBe(text));
});
