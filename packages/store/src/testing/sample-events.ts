import { newId, type Clock } from '@amtsleitung/base';
import { seededRandom } from '@amtsleitung/base/testing';
import type { DomainEvent, DomainFacts, PartyRecord } from '@amtsleitung/domain';

/** Writes events of one tenant, one second apart unless told otherwise. */
export class EventScript {
  readonly #tenantId: string;
  readonly #random;
  readonly #clock: Clock;
  #now: number;

  constructor(tenantId: string, start = Date.UTC(2026, 10, 23, 10), seed = 1) {
    this.#tenantId = tenantId;
    this.#now = start;
    this.#random = seededRandom(seed);
    this.#clock = { now: () => this.#now, monotonic: () => this.#now };
  }

  event(facts: DomainFacts, after = 1_000): DomainEvent {
    this.#now += after;
    const id = newId(this.#clock, this.#random);
    return { id, tenantId: this.#tenantId, at: this.#now, version: 1, ...facts };
  }

  /** A citizen reaches a hotline, waits ten seconds, `personId` answers and talks for a minute. */
  hotlineCall(callId: string, hotlineId: string, personId: string, party?: PartyRecord): DomainEvent[] {
    return [
      this.event({ kind: 'call-arrived', callId, direction: 'inbound', partyId: party?.partyId, trunkId: 'trunk' }),
      this.event({ kind: 'call-routed', callId, destination: { kind: 'hotline', hotlineId } }),
      this.event({ kind: 'hotline-queued', callId, hotlineId, position: 1 }),
      this.event({ kind: 'hotline-offered', callId, hotlineId, offerId: `${callId}-1`, personId }),
      this.event({ kind: 'hotline-answered', callId, hotlineId, personId, waitMilliseconds: 10_000 }, 10_000),
      this.event({ kind: 'call-connected', callId, personId }, 0),
      this.event(
        {
          kind: 'call-ended',
          callId,
          outcome: 'answered',
          by: 'caller',
          totalMilliseconds: 74_000,
          talkMilliseconds: 60_000,
        },
        60_000,
      ),
    ];
  }
}

/** The events as the spool hands them over: the party comes with the first one. */
export function withParty(
  events: readonly DomainEvent[],
  party: PartyRecord,
): { readonly event: DomainEvent; readonly party?: PartyRecord }[] {
  return events.map((event, index) => (index === 0 ? { event, party } : { event }));
}
