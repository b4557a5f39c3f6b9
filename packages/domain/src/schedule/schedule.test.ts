import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, nextOpening } from './is-open.ts';
import type { OpeningHours } from './opening-hours.ts';

const zone = 'Europe/Berlin';
/** Monday and Thursday morning, Thursday afternoon, Sunday night; closed on Christmas Eve, a Thursday. */
const hours: OpeningHours = {
  intervals: [
    { weekday: 1, from: '08:00', to: '12:00' },
    { weekday: 4, from: '08:00', to: '12:00' },
    { weekday: 4, from: '14:00', to: '18:00' },
    { weekday: 7, from: '02:00', to: '03:00' },
    { weekday: 6, from: '20:00', to: '24:00' },
  ],
  closures: [{ date: '2026-12-24', reason: 'Heiligabend' }],
};
const at = (text: string) => Date.parse(text);

describe('isOpen', () => {
  it.each([
    ['2026-11-23T08:00:00+01:00', true],
    ['2026-11-23T07:59:59.999+01:00', false],
    ['2026-11-23T11:59:59.999+01:00', true],
    ['2026-11-23T12:00:00+01:00', false],
    ['2026-11-26T13:00:00+01:00', false],
    ['2026-11-26T14:00:00+01:00', true],
    ['2026-11-28T23:59:59+01:00', true],
    ['2026-11-29T00:00:00+01:00', false],
    ['2026-12-24T09:00:00+01:00', false],
    // Summer time: the wall clock counts.
    ['2026-07-06T08:00:00+02:00', true],
    ['2026-07-06T08:00:00+01:00', true],
    ['2026-07-06T11:30:00+01:00', false],
    // 25 October 2026, 02:30 exists twice; 29 March 2026, 02:30 not at all.
    ['2026-10-25T00:30:00Z', true],
    ['2026-10-25T01:30:00Z', true],
    ['2026-10-25T02:30:00Z', false],
    ['2026-03-29T01:00:00Z', false],
  ])('%s: %s', (instant, open) => {
    expect(isOpen(hours, zone, at(instant))).toBe(open);
  });

  it('no intervals: always closed', () => {
    expect(isOpen({ intervals: [], closures: [] }, zone, 0)).toBe(false);
    expect(nextOpening({ intervals: [], closures: [] }, zone, 0)).toBeUndefined();
  });
});

describe('nextOpening', () => {
  it.each([
    ['2026-11-23T09:00:00+01:00', '2026-11-23T09:00:00+01:00'],
    ['2026-11-23T12:00:00+01:00', '2026-11-26T08:00:00+01:00'],
    ['2026-11-26T12:30:00+01:00', '2026-11-26T14:00:00+01:00'],
    ['2026-12-24T07:00:00+01:00', '2026-12-26T20:00:00+01:00'],
    // The Sunday night interval falls into the skipped hour: nothing before Monday.
    ['2026-03-29T00:30:00+01:00', '2026-03-30T08:00:00+02:00'],
  ])('after %s it is %s', (instant, opening) => {
    expect(nextOpening(hours, zone, at(instant))).toBe(at(opening));
  });

  it('is open then, and closed in between', () => {
    fc.assert(
      fc.property(fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') }), (instant) => {
        const opening = nextOpening(hours, zone, instant)!;
        expect(isOpen(hours, zone, opening)).toBe(true);
        expect(opening).toBeGreaterThanOrEqual(instant);
        if (opening > instant) expect(isOpen(hours, zone, opening - 1)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});
