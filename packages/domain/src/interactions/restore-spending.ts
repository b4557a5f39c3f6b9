import type { CallGuard } from '../dialplan/call-guard.ts';
import type { DirectorySource } from '../directory/town-directory.ts';
import type { SpendHistory } from '../events/event-store.ts';
import { startOfLocalDay } from '../schedule/local-day.ts';

/**
 * Books what was spent today before a restart. A call that has no end was cut off by it and counts with its
 * reservation: its true cost is not known.
 */
export async function restoreSpending(
  history: SpendHistory,
  guard: CallGuard,
  directory: DirectorySource,
  now: number,
): Promise<void> {
  const midnights = new Map(directory.all().map(({ tenant }) => [tenant.id, startOfLocalDay(now, tenant.timeZone)]));
  if (midnights.size === 0) return;
  const events = await history.since(Math.min(...midnights.values()));
  const today = events.filter(({ tenantId, at }) => at >= (midnights.get(tenantId) ?? Number.POSITIVE_INFINITY));
  const ended = new Set(today.flatMap((event) => (event.kind === 'trunk-call-ended' ? [event.chargeId] : [])));
  for (const event of today) {
    if (event.kind === 'trunk-call-ended') guard.book(event, event.cents);
    else if (!ended.has(event.chargeId)) guard.book(event, event.reservedCents);
  }
}
