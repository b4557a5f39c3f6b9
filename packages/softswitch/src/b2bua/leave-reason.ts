import type { CallFailure } from '@amtsleitung/domain';
import { reasonHeader } from '@amtsleitung/sip';
import type { Header, Reason } from '@amtsleitung/sip';
import type { GiveUp } from './fork.ts';

/** RFC 3326 §2 with the cause of ITU-T Q.850. */
export const q850Reason = (failure: CallFailure | undefined): Reason => ({
  protocol: 'Q.850',
  cause: failure?.q850 ?? 16,
});

/** RFC 3326 §3.1: the phone then shows no missed call. */
const completedElsewhere: Reason = { protocol: 'SIP', cause: 200, text: 'Call completed elsewhere' };

/** What the CANCEL or BYE of a branch that is given up says. */
export function giveUpReason(why: GiveUp, failure: CallFailure | undefined): Reason {
  if (why === 'answered-elsewhere') return completedElsewhere;
  if (why === 'declined-elsewhere') return { protocol: 'SIP', cause: 603, text: 'Declined elsewhere' };
  if (why === 'no-answer') return { protocol: 'Q.850', cause: 19 };
  return q850Reason(failure);
}

/** Headers of a final answer that refuses a call. */
export const refusalHeaders = (failure: CallFailure): readonly Header[] => [reasonHeader(q850Reason(failure))];
