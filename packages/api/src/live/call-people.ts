import type { DomainEvent } from '@amtsleitung/domain';

const mostCalls = 5_000;

/** Which people took part in which running call, learnt from events; forgets the oldest above 5,000 calls. */
export class CallPeople {
  readonly #people = new Map<string, Set<string>>();

  /** The people whose list of calls looks different after this event. */
  learn(event: DomainEvent): readonly string[] {
    if (!('callId' in event)) return [];
    const known = this.#of(event.callId);
    for (const personId of participants(event)) known.add(personId);
    if (event.kind === 'call-ended') this.#people.delete(event.callId);
    return changesRecord.has(event.kind) ? [...known] : [];
  }

  #of(callId: string): Set<string> {
    const known = this.#people.get(callId) ?? new Set();
    this.#people.delete(callId);
    this.#people.set(callId, known);
    if (this.#people.size > mostCalls) this.#people.delete(this.#people.keys().next().value!);
    return known;
  }
}

const changesRecord: ReadonlySet<DomainEvent['kind']> = new Set<DomainEvent['kind']>([
  'call-connected',
  'call-transferred',
  'hotline-answered',
  'hotline-offer-ended',
  'call-ended',
]);

function participants(event: DomainEvent): readonly string[] {
  switch (event.kind) {
    case 'call-arrived':
      return event.callerPersonId === undefined ? [] : [event.callerPersonId];
    case 'call-ringing':
    case 'hotline-offered':
    case 'hotline-answered':
      return [event.personId];
    case 'call-connected':
      return event.personId === undefined ? [] : [event.personId];
    default:
      return [];
  }
}
