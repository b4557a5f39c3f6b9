import type { Body } from '../messages/body.ts';
import type { EventHeader } from '../messages/event-header.ts';
import type { SipRequest } from '../messages/sip-message.ts';
import type { TerminationReason } from '../messages/subscription-state.ts';
import type { SubscriptionEndCause } from '../dialogs/subscription-machine.ts';
import type { Destination, Source } from '../transports/destination.ts';
import type { ResponseParts } from './session.ts';

/** An event package the owner notifies of, RFC 6665 §5. Times in seconds. */
export interface EventPackage {
  /** Lower case, e.g. `dialog`, `message-summary`. */
  readonly name: string;
  /** When the subscriber does not ask for a time. Default 3,600. */
  readonly defaultSeconds?: number;
  /** Shorter ones get 423. At most 3,600 (RFC 6665 §4.2.1.1). Default 60. */
  readonly minimumSeconds?: number;
  /** Longer ones are shortened. Default 3,600. */
  readonly maximumSeconds?: number;
}

/** What the owner of a subscription wants to hear. */
export interface SubscriptionHandlers {
  /** Over, after `accept`; told once. */
  ended?(cause: SubscriptionEndCause): void;
}

/** The state to tell, also after every refresh. A function is called when a NOTIFY leaves: the place to count versions. */
export type Notification = Body | undefined | (() => Body | undefined);

/**
 * Somebody's SUBSCRIBE and its dialog, RFC 6665 §4.2. Answer it with `accept` or `reject`; unanswered it gets 500 after
 * 32 s. Ends by itself when not refreshed, or when a NOTIFY finds nobody.
 */
export interface ServerSubscription {
  readonly id: string;
  /** The SUBSCRIBE that began it. */
  readonly request: SipRequest;
  readonly source: Source;
  readonly event: EventHeader;
  /** Seconds, within the limits of the package; 0 asks for one notification only (RFC 6665 §4.4.3). */
  readonly seconds: number;
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly state: 'offered' | 'pending' | 'active' | 'terminated';
  /** Replaces the handlers. */
  handle(handlers: SubscriptionHandlers): void;
  /** 200, and the first NOTIFY at once (RFC 6665 §4.2.1.2). `pending`: whether it is granted is not known yet. */
  accept(notification: Notification, phase?: 'pending' | 'active'): void;
  /** 403, 404, 603 … */
  reject(status: number, parts?: ResponseParts): void;
  /** News. While a NOTIFY is under way only the newest is kept, so each must tell the full state. */
  notify(notification: Notification, phase?: 'pending' | 'active'): void;
  /** Ends it with a last NOTIFY. `retryAfter` in seconds, for `probation` and `giveup`. */
  terminate(reason: TerminationReason, options?: { notification?: Notification; retryAfter?: number }): void;
  /** NOTIFYs go where the subscriber's messages come from, whatever its Contact says. */
  stayAtPeer(): void;
  /** The subscriber is reached elsewhere now. */
  peerMovedTo(destination: Destination): void;
}
