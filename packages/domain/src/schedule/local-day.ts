import { Temporal } from 'temporal-polyfill';

/** The calendar day of `instant` by the wall clock of `timeZone`, e.g. `2026-11-23`. */
export function localDay(instant: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The first instant of that day: midnight, or when the clocks jump over it. */
export function startOfLocalDay(instant: number, timeZone: string): number {
  return midnightBefore(instant, timeZone).epochMilliseconds;
}

/** The first instant of the day after. */
export function startOfNextLocalDay(instant: number, timeZone: string): number {
  return midnightBefore(instant, timeZone).add({ days: 1 }).startOfDay().epochMilliseconds;
}

const midnightBefore = (instant: number, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).startOfDay();
