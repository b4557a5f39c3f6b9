import type { CallDirection, CallOutcome, DomainEvent, EventKind } from '@amtsleitung/domain';

/** What the events of one call come to. */
export interface ProjectedCall {
  readonly direction: CallDirection;
  readonly arrivedAt: number;
  readonly lastAt: number;
  readonly endedAt?: number;
  readonly outcome?: CallOutcome;
  readonly talkMilliseconds: number;
  readonly waitMilliseconds: number;
  readonly hotlineId?: string;
  readonly partyId?: string;
  readonly callerPersonId?: string;
  readonly calleePersonId?: string;
  /** Those who may see the record: who called, was called, answered, passed on or was passed on to. */
  readonly participantIds: readonly string[];
  readonly steps: readonly ProjectedStep[];
}

export interface ProjectedStep {
  readonly at: number;
  readonly kind: EventKind;
  readonly personId?: string;
  readonly hotlineId?: string;
  readonly detail?: string;
}

/** Events that are about the agent or the law, not a stop of the call. */
const notSteps: readonly EventKind[] = [
  'wrap-up-started',
  'wrap-up-ended',
  'emergency-attempted',
  'trunk-call-started',
  'trunk-call-ended',
  'trace-viewed',
];

/** Folds the events of one call, in the order they were published. Undefined: its arrival is not known. */
export function projectCall(events: readonly DomainEvent[]): ProjectedCall | undefined {
  const arrival = events.find((event) => event.kind === 'call-arrived');
  if (!arrival) return undefined;
  const own = events.filter((event) => !notSteps.includes(event.kind));
  const end = own.find((event) => event.kind === 'call-ended');
  const called = own.flatMap(calledPerson);
  const answered = own.flatMap((event) => (event.kind === 'call-connected' && event.personId ? [event.personId] : []));
  const participants = [arrival.callerPersonId, ...called, ...own.flatMap(actingPersons)];
  const internal = arrival.direction === 'internal';
  return {
    direction: arrival.direction,
    arrivedAt: arrival.at,
    lastAt: own.reduce((latest, event) => Math.max(latest, event.at), arrival.at),
    endedAt: end?.at,
    outcome: end?.outcome,
    talkMilliseconds: Math.round(end?.talkMilliseconds ?? 0),
    waitMilliseconds: Math.round(own.reduce((sum, event) => sum + waitOf(event), 0)),
    hotlineId: own.map(hotlineOf).find((id) => id !== undefined),
    partyId: arrival.partyId,
    callerPersonId: arrival.callerPersonId,
    calleePersonId: internal ? (called[0] ?? answered.find((id) => id !== arrival.callerPersonId)) : undefined,
    participantIds: [...new Set(participants.filter((id) => id !== undefined))],
    steps: own.map(toStep),
  };
}

function calledPerson(event: DomainEvent): readonly string[] {
  const isRoute = event.kind === 'call-routed' || event.kind === 'call-transferred' || event.kind === 'call-forwarded';
  return isRoute && event.destination.kind === 'person' ? [event.destination.personId] : [];
}

function actingPersons(event: DomainEvent): readonly string[] {
  switch (event.kind) {
    case 'call-connected':
      return event.personId ? [event.personId] : [];
    case 'hotline-answered':
      return [event.personId];
    case 'call-transferred':
      return [event.fromPersonId];
    default:
      return [];
  }
}

function waitOf(event: DomainEvent): number {
  switch (event.kind) {
    case 'hotline-answered':
    case 'hotline-abandoned':
    case 'hotline-overflowed':
      return event.waitMilliseconds;
    default:
      return 0;
  }
}

function hotlineOf(event: DomainEvent): string | undefined {
  if ('hotlineId' in event) return event.hotlineId;
  return event.kind === 'call-routed' && event.destination.kind === 'hotline' ? event.destination.hotlineId : undefined;
}

function toStep(event: DomainEvent): ProjectedStep {
  const hotlineId = 'hotlineId' in event ? event.hotlineId : undefined;
  return { at: event.at, kind: event.kind, personId: personOf(event), hotlineId, detail: detailOf(event) };
}

function personOf(event: DomainEvent): string | undefined {
  if (event.kind === 'call-transferred') return event.fromPersonId;
  if (event.kind === 'call-arrived') return event.callerPersonId;
  return 'personId' in event ? event.personId : undefined;
}

/** One word or id that tells this step from others of its kind. */
function detailOf(event: DomainEvent): string | undefined {
  switch (event.kind) {
    case 'call-arrived':
      return event.forgedCaller && 'forged-caller';
    case 'call-routed':
    case 'call-forwarded':
    case 'call-transferred': {
      const { destination } = event;
      if (destination.kind === 'person') return `person:${destination.personId}`;
      if (destination.kind === 'hotline') return `hotline:${destination.hotlineId}`;
      if (destination.kind === 'outside') return `outside:${destination.numberClass}`;
      return destination.kind === 'none' ? `none:${destination.failure}` : destination.kind;
    }
    case 'call-parked':
      return event.orbit;
    case 'hotline-queued':
      return String(event.position);
    case 'hotline-offer-ended':
      return event.outcome;
    case 'hotline-overflowed':
      return event.reason;
    case 'call-ended':
      return event.failure ?? event.outcome;
    default:
      return undefined;
  }
}
