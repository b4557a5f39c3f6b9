/** Whose session change is running in a dialog; at most one at a time (RFC 3261 §14, RFC 3311 §5). */
export type OfferTurn = 'none' | 'local' | 'remote';

export type OfferVerdict =
  | { readonly allowed: true }
  /** `retryAfter` in seconds, only with 500. */
  | { readonly allowed: false; readonly status: 491 | 500; readonly retryAfter?: number };

/** What to do with an incoming re-INVITE or UPDATE with an offer. `random` in [0, 10]. */
export function judgeIncomingOffer(turn: OfferTurn, random: number): OfferVerdict {
  // §14.2: we are waiting for an answer ourselves.
  if (turn === 'local') return { allowed: false, status: 491 };
  // §14.2, RFC 3311 §5.2: theirs is not answered yet.
  if (turn === 'remote') return { allowed: false, status: 500, retryAfter: random };
  return { allowed: true };
}

/** Milliseconds to wait after 491, §14.1; `random` in [0, 1). The dialog's opener waits longer, so that one goes first. */
export function glareDelay(isOwner: boolean, random: number): number {
  const [from, to] = isOwner ? [2_100, 4_000] : [0, 2_000];
  return Math.round((from + random * (to - from)) / 10) * 10;
}
