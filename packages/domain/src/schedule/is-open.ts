import { Temporal } from 'temporal-polyfill';
import type { OpeningHours, OpeningInterval } from './opening-hours.ts';

/** Whether it is open at `instant` (milliseconds since 1970 UTC) by the wall clock of `timeZone`. */
export function isOpen(hours: OpeningHours, timeZone: string, instant: number): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return intervalsOn(hours, local.toPlainDate()).some((interval) => interval.from <= time && time < interval.to);
}

/**
 * The first instant at or after `instant` when it is open; undefined when there is none within `days`.
 * A wall time skipped by the change to summer time counts as the moment the clocks jump.
 */
export function nextOpening(hours: OpeningHours, timeZone: string, instant: number, days = 400): number | undefined {
  if (isOpen(hours, timeZone, instant)) return instant;
  if (hours.intervals.length === 0) return undefined;
  const today = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate();
  for (let day = 0; day <= days; day++) {
    const opening = firstOpeningOn(hours, timeZone, today.add({ days: day }), instant);
    if (opening !== undefined) return opening;
  }
  return undefined;
}

function firstOpeningOn(
  hours: OpeningHours,
  timeZone: string,
  date: Temporal.PlainDate,
  instant: number,
): number | undefined {
  const openings = intervalsOn(hours, date)
    .map(({ from }) => date.toZonedDateTime({ timeZone, plainTime: from }).epochMilliseconds)
    .filter((opening) => opening >= instant && isOpen(hours, timeZone, opening));
  return openings.length > 0 ? Math.min(...openings) : undefined;
}

function intervalsOn(hours: OpeningHours, date: Temporal.PlainDate): readonly OpeningInterval[] {
  if (hours.closures.some((closure) => closure.date === date.toString())) return [];
  return hours.intervals.filter((interval) => interval.weekday === date.dayOfWeek);
}
