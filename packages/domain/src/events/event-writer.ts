import { newId, type Clock, type RandomSource } from '@amtsleitung/base';
import type { DomainFacts, EventLog, PartyRecord } from './event.ts';

/** Puts the header on facts and hands them to the log; the only place where events are made. */
export class EventWriter {
  readonly #log: EventLog;
  readonly #clock: Clock;
  readonly #random: RandomSource;

  constructor(log: EventLog, clock: Clock, random: RandomSource) {
    this.#log = log;
    this.#clock = clock;
    this.#random = random;
  }

  write(tenantId: string, facts: DomainFacts, party?: PartyRecord): void {
    const header = { id: newId(this.#clock, this.#random), tenantId, at: this.#clock.now(), version: 1 } as const;
    this.#log.publish({ ...header, ...facts }, party);
  }
}
