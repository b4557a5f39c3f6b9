import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockTime, dayAndTime, finishedTime, initials, percent, runningTime, spokenNumber } from './formats.ts';

const at = (text: string): number => new Date(text).getTime();

describe('times', () => {
  it('writes running time with hours only when there are some', () => {
    expect(runningTime(48_999)).toBe('00:48');
    expect(runningTime(3_849_000)).toBe('1:04:09');
    expect(runningTime(-5)).toBe('00:00');
  });
  it('writes a finished duration as minutes and seconds', () => {
    expect(finishedTime(228_000)).toBe('3:48');
    expect(finishedTime(4_000)).toBe('0:04');
  });
  it('never goes backwards while a timer runs', () => {
    fc.assert(
      fc.property(fc.nat(20_000_000), fc.nat(5_000), (start, step) => {
        const number = (text: string): number => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
        expect(number(runningTime(start + step))).toBeGreaterThanOrEqual(number(runningTime(start)));
      }),
    );
  });
  it('names today and yesterday, then the weekday, then the year', () => {
    const now = at('2026-11-20T10:45:00');
    expect(dayAndTime(at('2026-11-20T10:31:00'), now, 'de')).toBe('heute, 10:31');
    expect(dayAndTime(at('2026-11-19T16:05:00'), now, 'de')).toBe('gestern, 16:05');
    expect(dayAndTime(at('2026-11-17T09:30:00'), now, 'de')).toBe('Di., 17.11., 09:30');
    expect(dayAndTime(at('2025-11-17T09:30:00'), now, 'de')).toBe('Mo., 17.11.2025, 09:30');
    expect(dayAndTime(at('2026-11-20T10:31:00'), now, 'en')).toBe('today, 10:31');
    expect(dayAndTime(at('2026-11-17T09:30:00'), now, 'en')).toBe('Tue, 17 Nov, 09:30');
  });
  it('knows yesterday across the turn of a year', () => {
    expect(dayAndTime(at('2025-12-31T23:59:00'), at('2026-01-01T00:01:00'), 'de')).toBe('gestern, 23:59');
  });
  it('writes the clock with two digits', () => expect(clockTime(at('2026-11-20T08:05:00'))).toBe('08:05'));
});

describe('numbers and names', () => {
  it('separates the percent sign by a narrow no-break space', () => expect(percent(76.4)).toBe('76\u202f%'));
  it('spells numbers for voices and leaves names alone', () => {
    expect(spokenNumber('0171 3920042')).toBe('0 1 7 1, 3 9 2 0 0 4 2');
    expect(spokenNumber('-122')).toBe('-122');
    expect(spokenNumber('Ute Umzug')).toBe('Ute Umzug');
  });
  it('takes two initials at most', () => {
    expect(initials('Mira Meldewesen')).toBe('MM');
    expect(initials('Otto von Online')).toBe('OO');
    expect(initials('')).toBe('');
  });
});
