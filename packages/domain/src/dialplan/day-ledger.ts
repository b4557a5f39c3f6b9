import type { Clock } from '@amtsleitung/base';
import { localDay } from '../schedule/local-day.ts';

interface Day {
  readonly day: string;
  readonly cents: Map<string, number>;
}

/** What was spent today, by tenant and key; starts at nothing with each day of the tenant's own calendar. */
export class DayLedger {
  readonly #clock: Clock;
  readonly #days = new Map<string, Day>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  spent(tenantId: string, timeZone: string, key: string): number {
    return this.#today(tenantId, timeZone).cents.get(key) ?? 0;
  }

  book(tenantId: string, timeZone: string, key: string, cents: number): void {
    const { cents: sums } = this.#today(tenantId, timeZone);
    if (cents > 0) sums.set(key, (sums.get(key) ?? 0) + cents);
  }

  #today(tenantId: string, timeZone: string): Day {
    const day = localDay(this.#clock.now(), timeZone);
    const known = this.#days.get(tenantId);
    if (known?.day === day) return known;
    const fresh: Day = { day, cents: new Map() };
    this.#days.set(tenantId, fresh);
    return fresh;
  }
}
