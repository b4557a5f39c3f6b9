import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startOfDay } from './start-of-day.ts';

const zone = 'Europe/Berlin';
const wall = (instant: number) => new Date(instant).toLocaleString('sv', { timeZone: zone });

describe('startOfDay', () => {
  it.each([
    ['2026-11-23T10:00:00Z', '2026-11-22T23:00:00Z'],
    ['2026-03-29T10:00:00Z', '2026-03-28T23:00:00Z'],
    ['2026-10-25T20:00:00Z', '2026-10-24T22:00:00Z'],
    ['2026-10-25T00:30:00Z', '2026-10-24T22:00:00Z'],
  ])('of %s in Berlin is %s', (instant, start) => {
    expect(new Date(startOfDay(Date.parse(instant), zone)).toISOString()).toBe(start.replace('Z', '.000Z'));
  });

  it('is midnight of the same day at every instant', () => {
    const instants = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) });
    fc.assert(
      fc.property(instants, (instant) => {
        const start = startOfDay(instant, zone);
        expect(start).toBeLessThanOrEqual(instant);
        expect(wall(start)).toBe(`${wall(instant).slice(0, 10)} 00:00:00`);
      }),
    );
  });
});
