import type { DomainEvent, PartyRecord } from './event.ts';
import type { SpendEvent } from './spend-events.ts';

/** Port: where the spool's events end up. Storing an event twice stores it once. */
export interface EventStore {
  append(batch: readonly { readonly event: DomainEvent; readonly party?: PartyRecord }[]): Promise<void>;
}

/** Port: spend events since an instant, in order; read once at start. */
export interface SpendHistory {
  since(at: number): Promise<readonly Extract<DomainEvent, { kind: SpendEvent['kind'] }>[]>;
}
