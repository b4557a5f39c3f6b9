/** `HH:MM` in the tenant's time zone, 24 h. */
export type TimeOfDay = string;

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export interface OpeningInterval {
  readonly weekday: Weekday;
  readonly from: TimeOfDay;
  /** Exclusive; later than `from` on the same day, `24:00` allowed. */
  readonly to: TimeOfDay;
}

/** A day on which nobody is there, e.g. `2026-12-24`. */
export interface Closure {
  readonly date: string;
  readonly reason: string;
}

/** Several intervals a day; no intervals at all means: always closed. */
export interface OpeningHours {
  readonly intervals: readonly OpeningInterval[];
  readonly closures: readonly Closure[];
}
