import { newId, type Clock, type RandomSource } from '@amtsleitung/base';
import type { AuditEvent, EventLog } from '@amtsleitung/domain';

type RecordKind = Extract<AuditEvent, { kind: 'record-changed' }>['record'];
type RecordChange = Extract<AuditEvent, { kind: 'record-changed' }>['change'];

/** Publishes who signed in and who changed which record; never what the fields held. */
export class AuditTrail {
  readonly #events: EventLog;
  readonly #clock: Clock;
  readonly #random: RandomSource;

  constructor(events: EventLog, clock: Clock, random: RandomSource) {
    this.#events = events;
    this.#clock = clock;
    this.#random = random;
  }

  signedIn(tenantId: string, personId: string): void {
    this.#publish(tenantId, { kind: 'signed-in', personId });
  }

  signedOut(tenantId: string, personId: string): void {
    this.#publish(tenantId, { kind: 'signed-out', personId });
  }

  changed(tenantId: string, personId: string, record: RecordKind, recordId: string, change: RecordChange): void {
    this.#publish(tenantId, { kind: 'record-changed', personId, record, recordId, change });
  }

  traceViewed(tenantId: string, personId: string, callId: string): void {
    this.#publish(tenantId, { kind: 'trace-viewed', personId, callId });
  }

  #publish(tenantId: string, facts: AuditEvent): void {
    const id = newId(this.#clock, this.#random);
    this.#events.publish({ id, tenantId, at: this.#clock.now(), version: 1, ...facts });
  }
}
