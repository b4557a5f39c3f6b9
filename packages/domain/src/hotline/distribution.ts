import type { HotlineEvent, OfferOutcome, OverflowReason, WrapUpOutcome } from '../events/hotline-events.ts';
import type { Hotline } from './hotline.ts';

/** Everything that can happen to a tenant's hotlines; the distributor takes one at a time. */
export type DistributionInput =
  | { readonly kind: 'configured'; readonly hotlines: readonly Hotline[] }
  | { readonly kind: 'login'; readonly personId: string; readonly hotlineId: string; readonly loggedIn: boolean }
  | { readonly kind: 'pause'; readonly personId: string; readonly paused: boolean }
  | { readonly kind: 'reachable'; readonly personId: string; readonly reachable: boolean }
  | { readonly kind: 'busy'; readonly personId: string; readonly busy: boolean }
  | { readonly kind: 'entered'; readonly callId: string; readonly hotlineId: string }
  /** The caller hung up. */
  | { readonly kind: 'left'; readonly callId: string }
  | { readonly kind: 'offer-answered'; readonly offerId: string }
  | { readonly kind: 'offer-ended'; readonly offerId: string; readonly outcome: Exclude<OfferOutcome, 'answered'> }
  /** The agent's part of a hotline call is over. */
  | { readonly kind: 'agent-done'; readonly personId: string; readonly callId: string }
  /** The agent's line broke: no wrap-up, and the caller gets the old place back on entering again. */
  | { readonly kind: 'agent-lost'; readonly personId: string; readonly callId: string }
  /** The whole call is over: nobody is kept by it any longer. */
  | { readonly kind: 'call-over'; readonly callId: string }
  | { readonly kind: 'wrap-up-done'; readonly personId: string; readonly outcome?: WrapUpOutcome }
  /** Time has passed. */
  | { readonly kind: 'tick' };

export interface Offer {
  readonly offerId: string;
  readonly callId: string;
  readonly hotlineId: string;
  readonly personId: string;
  readonly ringMilliseconds: number;
  readonly waitedMilliseconds: number;
}

/** What the distributor wants done, in this order. */
export type DistributionEffect =
  | { readonly kind: 'event'; readonly facts: HotlineEvent }
  | { readonly kind: 'offer'; readonly offer: Offer }
  /** The agent who answered has the call: connect them. */
  | { readonly kind: 'accept'; readonly callId: string; readonly offerId: string }
  /** Stop ringing; the caller keeps waiting. */
  | { readonly kind: 'withdraw'; readonly callId: string; readonly offerId: string }
  /** The caller leaves the queue unanswered. */
  | { readonly kind: 'overflow'; readonly callId: string; readonly reason: OverflowReason };
