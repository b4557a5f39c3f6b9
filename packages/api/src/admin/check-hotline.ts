import type { HotlineInput } from '@amtsleitung/contract';
import { indexOf, type Hotline, type TownDirectory } from '@amtsleitung/domain';
import { FieldErrors } from './field-errors.ts';

const mostIntervals = 70;
const mostClosures = 500;

/** `before`: the record that is to be replaced. Throws 422 with the fields. */
export function checkHotline(input: HotlineInput, before: Hotline | undefined, directory: TownDirectory): void {
  const errors = new FieldErrors();
  const fold = (name: string) => name.normalize('NFC').toLowerCase();
  const namesake = directory.hotlines.find(({ name }) => fold(name) === fold(input.name));
  errors.when(namesake !== undefined && namesake.id !== before?.id, 'name', 'taken');
  for (const [position, memberId] of input.memberIds.entries()) {
    const person = indexOf(directory).person(memberId);
    errors.when(!person, `memberIds.${position}`, 'unknown');
    errors.when(person !== undefined && person.login === undefined, `memberIds.${position}`, 'no-login');
  }
  checkIntervals(input.openingHours.intervals, errors);
  checkClosures(input.openingHours.closures, errors);
  errors.throwIfAny();
}

type Intervals = HotlineInput['openingHours']['intervals'];

function checkIntervals(intervals: Intervals, errors: FieldErrors): void {
  errors.when(intervals.length > mostIntervals, 'openingHours.intervals', 'too-many');
  // HH:MM sorts as text.
  for (const [position, { from, to }] of intervals.entries()) {
    errors.when(from >= to, `openingHours.intervals.${position}.to`, 'order');
  }
  const sorted = [...intervals.slice(0, mostIntervals).entries()].sort(
    ([, left], [, right]) => left.weekday - right.weekday || left.from.localeCompare(right.from),
  );
  for (const [turn, [position, interval]] of sorted.entries()) {
    const earlier = sorted[turn - 1]?.[1];
    const overlaps = earlier !== undefined && earlier.weekday === interval.weekday && interval.from < earlier.to;
    errors.when(overlaps, `openingHours.intervals.${position}.from`, 'overlap');
  }
}

function checkClosures(closures: HotlineInput['openingHours']['closures'], errors: FieldErrors): void {
  errors.when(closures.length > mostClosures, 'openingHours.closures', 'too-many');
  const seen = new Set<string>();
  for (const [position, { date }] of closures.slice(0, mostClosures).entries()) {
    const field = `openingHours.closures.${position}.date`;
    errors.when(!isCalendarDate(date), field, 'invalid-date');
    errors.when(seen.has(date), field, 'taken');
    seen.add(date);
  }
}

/** 2026-02-30 looks like a date and is none. */
function isCalendarDate(date: string): boolean {
  const instant = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(date);
}
