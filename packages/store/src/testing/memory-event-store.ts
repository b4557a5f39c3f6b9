import type { DomainEvent, EventStore } from '@amtsleitung/domain';
import type { SpooledEvent } from '../spool/segment-line.ts';

/** Keeps events by id, as the database does; can be away, or refuse single events for good. */
export class MemoryEventStore implements EventStore {
  readonly events = new Map<string, DomainEvent>();
  /** Every append fails with this code. */
  away: string | undefined;
  /** SQLSTATE per event id. */
  readonly refused = new Map<string, string>();

  async append(batch: readonly SpooledEvent[]): Promise<void> {
    const code = this.away ?? batch.map(({ event }) => this.refused.get(event.id)).find(Boolean);
    if (code) throw Object.assign(new Error(code), { code });
    for (const { event } of batch) this.events.set(event.id, event);
  }

  ids(): string[] {
    return [...this.events.keys()];
  }
}
