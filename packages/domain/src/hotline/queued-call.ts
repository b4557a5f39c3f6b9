import type { OverflowReason } from '../events/hotline-events.ts';
import type { Offer } from './distribution.ts';

/** A caller as the hotline drives it; implemented by the call itself. */
export interface QueuedCall {
  readonly callId: string;
  readonly tenantId: string;
  /** Ring this agent on all devices. */
  offered(offer: Offer): void;
  /** The agent who answered has the call. */
  accepted(offerId: string): void;
  /** Stop ringing; the caller keeps its place. */
  withdrawn(offerId: string): void;
  /** Out of the queue, unanswered. */
  overflowed(reason: OverflowReason): void;
}
