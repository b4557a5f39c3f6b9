import type { HotlineInput } from '@amtsleitung/contract';

export type Interval = HotlineInput['openingHours']['intervals'][number];
/** ISO 8601: 1 is Monday. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
export type Weekday = (typeof weekdays)[number];

export interface DayTimes {
  readonly weekday: Weekday;
  /** With the place in the form's list, which is how refusals name them. */
  readonly times: readonly { readonly from: string; readonly to: string; readonly index: number }[];
}

/** The flat list of intervals as a week, Monday first, earlier times first. */
export const weekOf = (intervals: readonly Interval[]): readonly DayTimes[] =>
  weekdays.map((weekday) => ({
    weekday,
    times: intervals
      .map(({ from, to, weekday: day }, index) => ({ from, to, index, day }))
      .filter((time) => time.day === weekday)
      .map(({ from, to, index }) => ({ from, to, index })),
  }));

/** A new time on that day: the usual office hours, or what comes after the last one. */
export function nextTime(intervals: readonly Interval[], weekday: Weekday): Interval {
  const last = intervals.filter((interval) => interval.weekday === weekday).at(-1);
  if (last === undefined) return { weekday, from: '08:00', to: '16:00' };
  return last.to <= '14:00' ? { weekday, from: '14:00', to: '18:00' } : { weekday, from: last.to, to: '24:00' };
}

/** Fills Tuesday to Friday like Monday. */
export const likeMonday = (intervals: readonly Interval[]): readonly Interval[] => {
  const monday = intervals.filter((interval) => interval.weekday === 1);
  const others = intervals.filter((interval) => interval.weekday > 5);
  return [...[1, 2, 3, 4, 5].flatMap((weekday) => monday.map((time) => ({ ...time, weekday }))), ...others];
};
