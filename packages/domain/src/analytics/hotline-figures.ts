import type { DomainEvent } from '../events/event.ts';
import type { HotlineFigures } from './figures.ts';

/** Abandoned within this wait counts as short: excluded from service level and abandonment. */
export const shortAbandonMilliseconds = 5_000;

type Counts = { -readonly [Key in keyof HotlineFigures]: HotlineFigures[Key] };

/**
 * Figures of each hotline of one tenant from its events with `from <= at < to`. Every event counts by its own instant.
 * `offered`: queued, or turned away in opening hours without ever queuing (nobody logged in).
 */
export function hotlineFigures(
  events: Iterable<DomainEvent>,
  tenantId: string,
  from: number,
  to: number,
  promiseSeconds: ReadonlyMap<string, number>,
): readonly HotlineFigures[] {
  const counts = new Map<string, Counts>();
  for (const event of events) {
    if (event.tenantId !== tenantId || event.at < from || event.at >= to || !('hotlineId' in event)) continue;
    const figures = counts.get(event.hotlineId) ?? noFigures(event.hotlineId);
    counts.set(event.hotlineId, figures);
    count(figures, event, (promiseSeconds.get(event.hotlineId) ?? 0) * 1_000);
  }
  return [...counts.values()];
}

function count(figures: Counts, event: DomainEvent, promise: number): void {
  switch (event.kind) {
    case 'hotline-queued':
      figures.offered++;
      return;
    case 'hotline-answered':
      figures.answered++;
      figures.waitMillisecondsOfAnswered += event.waitMilliseconds;
      if (event.waitMilliseconds <= promise) figures.answeredInTime++;
      return;
    case 'hotline-abandoned':
      if (event.waitMilliseconds <= shortAbandonMilliseconds) figures.shortAbandoned++;
      else figures.abandoned++;
      return;
    case 'hotline-overflowed':
      if (event.reason === 'closed') figures.outsideHours++;
      else figures.overflowed++;
      if (event.reason === 'nobody-logged-in' && event.waitMilliseconds === 0) figures.offered++;
      return;
    default:
      return;
  }
}

const noFigures = (hotlineId: string): Counts => ({
  hotlineId,
  offered: 0,
  answered: 0,
  answeredInTime: 0,
  abandoned: 0,
  shortAbandoned: 0,
  overflowed: 0,
  outsideHours: 0,
  waitMillisecondsOfAnswered: 0,
});
