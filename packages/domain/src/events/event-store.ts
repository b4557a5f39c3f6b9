import type { DomainEvent, PartyRecord } from './event.ts';

/** Port: where the spool's events end up. Storing an event twice stores it once. */
export interface EventStore {
  append(batch: readonly { readonly event: DomainEvent; readonly party?: PartyRecord }[]): Promise<void>;
}
