import type { PhoneCallView, PhoneStateView } from '@amtsleitung/contract';
import type { PhoneSession } from './browser-phone.ts';

/** The call card: exactly one at a time. `here`: this tab holds the audio. */
export type CallCard =
  | { readonly kind: 'free' }
  | { readonly kind: 'ringing'; readonly call: PhoneCallView; readonly session: PhoneSession | undefined }
  | { readonly kind: 'call'; readonly call: PhoneCallView; readonly session: PhoneSession | undefined }
  | { readonly kind: 'wrap-up'; readonly wrapUp: NonNullable<PhoneStateView['wrapUp']> };

export interface CallCards {
  readonly main: CallCard;
  /** Calls that ring or wait beside the one in hand. */
  readonly others: readonly CallCard[];
}

/** A session the house has not told about yet, or cannot because the line to it is broken. */
function fromSession(session: PhoneSession): PhoneCallView {
  return {
    callId: session.callId,
    state:
      session.own && session.state !== 'connected'
        ? 'dialling'
        : session.state === 'connected'
          ? 'connected'
          : 'ringing',
    direction: session.own ? 'outbound' : 'inbound',
    party: {},
    partyText: session.partyText,
    arrivedAt: session.startedAt,
    ...(session.subject === undefined ? {} : { hotlineName: session.subject }),
    ...(session.state === 'connected' ? { connectedAt: session.startedAt } : {}),
  };
}

/** Answered here while the house still says "ringing": signalling is ahead of the push by a moment. */
function asAnswered(call: PhoneCallView, session: PhoneSession | undefined): PhoneCallView {
  if (call.state !== 'ringing' || session?.state !== 'connected') return call;
  return { ...call, state: 'connected', connectedAt: session.startedAt };
}

const rank = (card: CallCard): number =>
  card.kind === 'call' ? (card.call.state === 'held' ? 1 : 0) : card.kind === 'ringing' ? 2 : 3;

/** What this tab knows for itself. */
export interface OwnKnowledge {
  readonly sessions: readonly PhoneSession[];
  readonly refused: readonly string[];
  readonly over: readonly string[];
  /** The line to the house is broken: what it said last may be old. */
  readonly stale: boolean;
}

/** The house's truth about calls, joined with this tab's sessions. */
export function callCards(phone: PhoneStateView | undefined, own: OwnKnowledge): CallCards {
  const { sessions, refused, over, stale } = own;
  const told = (phone?.calls ?? []).filter((call) => !(stale && over.includes(call.callId)));
  const untold = sessions.filter((session) => !told.some((call) => call.callId === session.callId)).map(fromSession);
  const cards = [...told, ...untold]
    .filter((call) => !(call.state === 'ringing' && refused.includes(call.callId)))
    .map((told): CallCard => {
      const session = sessions.find((one) => one.callId === told.callId);
      const call = asAnswered(told, session);
      return { kind: call.state === 'ringing' ? 'ringing' : 'call', call, session };
    })
    .sort((left, right) => rank(left) - rank(right));
  const [main, ...others] = cards;
  if (main !== undefined) return { main, others };
  if (phone?.wrapUp !== undefined) return { main: { kind: 'wrap-up', wrapUp: phone.wrapUp }, others: [] };
  return { main: { kind: 'free' }, others: [] };
}
