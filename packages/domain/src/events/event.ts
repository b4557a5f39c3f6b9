import type { AgentEvent } from './agent-events.ts';
import type { AuditEvent } from './audit-events.ts';
import type { CallEvent } from './call-events.ts';
import type { HotlineEvent } from './hotline-events.ts';
import type { SpendEvent } from './spend-events.ts';

/** What every event carries besides its own facts. */
export interface EventHeader {
  /** UUID version 7: sorts by time, makes storing idempotent. */
  readonly id: string;
  readonly tenantId: string;
  /** Wall time in milliseconds since 1970 UTC. */
  readonly at: number;
  /** Schema version of the facts. */
  readonly version: 1;
}

export type DomainFacts = CallEvent | SpendEvent | HotlineEvent | AgentEvent | AuditEvent;
export type DomainEvent = EventHeader & DomainFacts;
export type EventKind = DomainFacts['kind'];

/**
 * A number or name of an outside party. Lives in a table of its own that can be deleted:
 * events hold only the `partyId`, so erasing a party leaves every figure unchanged.
 */
export interface PartyRecord {
  readonly partyId: string;
  readonly tenantId: string;
  readonly number?: string;
  readonly name?: string;
}

/** Port: where events go. `publish` returns at once; the event counts once it is on disk in the spool. */
export interface EventLog {
  publish(event: DomainEvent, party?: PartyRecord): void;
  /** Called with each event after it is fsynced in the spool, in order. */
  onAcknowledged(listener: (event: DomainEvent, party?: PartyRecord) => void): () => void;
  /** Called after a batch is in the database: from now on lists and figures show these events. */
  onStored(listener: (events: readonly DomainEvent[]) => void): () => void;
}
