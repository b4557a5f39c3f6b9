import type { DomainEvent, EventKind, EventLog, PartyRecord } from '../events/event.ts';

/** Keeps events in memory and acknowledges them at once. */
export class MemoryEventLog implements EventLog {
  readonly events: DomainEvent[] = [];
  readonly parties: PartyRecord[] = [];
  readonly #listeners = new Set<(event: DomainEvent, party?: PartyRecord) => void>();

  publish(event: DomainEvent, party?: PartyRecord): void {
    this.events.push(event);
    if (party) this.parties.push(party);
    for (const listener of this.#listeners) listener(event, party);
  }

  onAcknowledged(listener: (event: DomainEvent, party?: PartyRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Acknowledged and stored is the same in memory. */
  onStored(listener: (events: readonly DomainEvent[]) => void): () => void {
    return this.onAcknowledged((event) => listener([event]));
  }

  /** Kinds in order, of one call when given. */
  kinds(callId?: string): readonly EventKind[] {
    return this.events
      .filter((event) => callId === undefined || ('callId' in event && event.callId === callId))
      .map(({ kind }) => kind);
  }

  ofKind<Kind extends EventKind>(kind: Kind): readonly Extract<DomainEvent, { kind: Kind }>[] {
    return this.events.filter((event): event is Extract<DomainEvent, { kind: Kind }> => event.kind === kind);
  }
}
