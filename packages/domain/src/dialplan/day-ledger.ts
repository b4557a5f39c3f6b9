import type { Clock } from '@amtsleitung/base';
import { startOfLocalDay, startOfNextLocalDay } from '../schedule/local-day.ts';

interface Day {
  readonly timeZone: string;
  /** Wall milliseconds; calendars are slow to ask. */
  readonly from: number;
  readonly until: number;
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
    if (cents === 0) return;
    const { cents: sums } = this.#today(tenantId, timeZone);
    sums.set(key, (sums.get(key) ?? 0) + cents);
  }

  #today(tenantId: string, timeZone: string): Day {
    const now = this.#clock.now();
    const known = this.#days.get(tenantId);
    if (known?.timeZone === timeZone && known.from <= now && now < known.until) return known;
    const from = startOfLocalDay(now, timeZone);
    const isSameDay = known?.timeZone === timeZone && known.from === from;
    const cents = isSameDay ? known.cents : new Map<string, number>();
    const fresh: Day = { timeZone, from, until: startOfNextLocalDay(now, timeZone), cents };
    this.#days.set(tenantId, fresh);
    return fresh;
  }
}
