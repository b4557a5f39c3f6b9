import type { LegId } from '@amtsleitung/domain';
import type { Account } from '../registrar/account.ts';
import type { Replaces } from '@amtsleitung/sip';
import type { Leg } from './leg.ts';

/** Who was told of a ringing phone under a made-up dialog name, so that it may be picked up. */
export interface RingingDialogs {
  /** The person whose ringing this name stands for, as long as this account may still pick it up. */
  personOf(name: Replaces, account: Account): string | undefined;
}

export type Takeover =
  /** Left out: an ordinary call. */
  | { readonly replaces?: { readonly leg: LegId; readonly state: 'ringing' | 'talking' } }
  /** A final status of RFC 3891 §3. */
  | { readonly status: 400 | 403 | 481 | 486 };

/** The leg that a phone's INVITE with Replaces takes over, RFC 3891 §3; only one that its person takes part in or may pick up. */
export function takeoverOf(
  name: Replaces,
  account: Account,
  legs: Iterable<Leg>,
  ringingDialogs: RingingDialogs,
): Takeover {
  const inTenant = [...legs].filter((leg) => leg.facts.tenantId === account.tenantId && !leg.isOver);
  const pickedUp = ringingDialogs.personOf(name, account);
  if (pickedUp !== undefined) {
    const ringing = inTenant.find((leg) => leg.isRinging && leg.facts.personId === pickedUp);
    return ringing ? { replaces: { leg: ringing.facts.id, state: 'ringing' } } : { status: 481 };
  }
  const named = inTenant.find((leg) => leg.holds(name));
  if (!named) return { status: 481 };
  if (named.facts.personId !== account.personId) return { status: 403 };
  if (named.isRinging) return { replaces: { leg: named.facts.id, state: 'ringing' } };
  // §3: an early dialog is replaced by its caller's side only, and that is not the one asking.
  if (!named.isEstablished) return { status: 481 };
  return name.earlyOnly ? { status: 486 } : { replaces: { leg: named.facts.id, state: 'talking' } };
}
