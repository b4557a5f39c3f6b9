import { headerValues, parseReplaces } from '@amtsleitung/sip';
import type { Replaces, Session, SipRequest } from '@amtsleitung/sip';

/** What an INVITE wants to take over: a dialog, nothing, or something that RFC 3891 §3 forbids. */
export function replacedBy(invite: SipRequest): Replaces | 'nothing' | 'malformed' {
  const values = headerValues(invite, 'Replaces');
  if (values.length === 0) return 'nothing';
  // RFC 3911 §4: one dialog cannot be joined and replaced at once.
  const isUnclear = values.length > 1 || headerValues(invite, 'Join').length > 0;
  return (isUnclear ? undefined : parseReplaces(values[0]!)) ?? 'malformed';
}

/** Whether a session of ours is the one that is named. */
export const isNamed = (session: Session, { callId, toTag, fromTag }: Replaces): boolean =>
  session.callId === callId && session.localTag === toTag && session.remoteTag === fromTag;
