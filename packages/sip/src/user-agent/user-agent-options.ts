import type { Clock, Logger, RandomSource, Timers } from '@amtsleitung/base';
import type { Body } from '../messages/body.ts';
import type { Header, SipRequest, SipResponse } from '../messages/sip-message.ts';
import type { Destination, Source } from '../transports/destination.ts';
import type { Transport } from '../transports/transport.ts';
import type { DigestClient } from './digest-client.ts';
import type { Credentials } from './digest-credentials.ts';
import type { IncomingRequest, ResponseParts, ServerSession } from './session.ts';
import type { EventPackage, ServerSubscription } from './subscription.ts';

export interface UserAgentOptions {
  readonly transports: readonly Transport[];
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomSource;
  readonly logger: Logger;
  readonly handlers: UserAgentHandlers;
  /** User part of our Contact unless a call says otherwise. */
  readonly contactUser?: string;
  /**
   * Methods `onRequest` serves outside dialogs; others get 405 (known) or 501 (unknown). OPTIONS is answered with our
   * capabilities unless listed; INVITE is served when there is an `onInvite`.
   */
  readonly methods?: readonly string[];
  /**
   * Option tags besides `timer` and `norefersub`; others in Require get 420. `replaces`: `session.replaces` is served by
   * the owner. `100rel`: the owner copes with session descriptions in provisional answers and a 200 without.
   */
  readonly supported?: readonly string[];
  /** What `onSubscribe` serves; other packages get 489 (RFC 6665 §4.2.1.1). */
  readonly eventPackages?: readonly EventPackage[];
  /** Seconds asked for in Session-Expires of our INVITEs (RFC 4028); left out: only answered. */
  readonly sessionExpires?: number;
  readonly limits?: Partial<UserAgentLimits>;
}

export interface UserAgentLimits {
  /** Transactions alive at once; requests beyond get a stateless 503. Default 50,000. */
  readonly transactions: number;
  /** Sessions alive at once; INVITEs beyond get 503. Default 5,000. */
  readonly sessions: number;
  /** Subscriptions alive at once; SUBSCRIBEs beyond get 503. Default 20,000. */
  readonly subscriptions: number;
}

/** A request refused before any state is made for it (RFC 3261 §8.2.7), or dropped without a word. */
export type ScreenVerdict = 'pass' | 'drop' | ({ readonly status: number } & ResponseParts);

export interface UserAgentHandlers {
  /**
   * Asked for every request outside a dialog that RFC 3261 §8.2 allows, before any state is made for it: the place for
   * challenges and for unknown or throttled sources. Its answer is sent statelessly, so a flood leaves nothing behind.
   * After `pass` the same request object reaches `onInvite` or `onRequest`, and its repetitions do not come here.
   * Never asked for ACK and CANCEL. Default `pass`.
   */
  screen?(request: SipRequest, source: Source): ScreenVerdict;
  onInvite?(session: ServerSession): void;
  /**
   * Whether the owner itself judges the Replaces of this INVITE, e.g. of a dialog name it has made up: then the INVITE
   * reaches `onInvite` with `session.replaces` undefined.
   */
  judgesReplaces?(request: SipRequest): boolean;
  /** A SUBSCRIBE to one of `eventPackages`. Without this handler SUBSCRIBE is a request like others. */
  onSubscribe?(subscription: ServerSubscription): void;
  onRequest?(incoming: IncomingRequest): void;
  /** Nothing can be sent there: no connection came about, or it broke. Requests end with 503 as well. */
  onUnreachable?(destination: Destination, error: unknown): void;
  /** A connection is gone: registrations over it, ours at `peer` or its at us, are unreachable. */
  onFlowClosed?(flowId: string, peer?: Source): void;
}

export interface RequestOptions {
  readonly requestUri: string;
  readonly destination: Destination;
  /**
   * All places to try, in order; then `destination` is their first. On 503, silence or a dead connection the next one is
   * tried (RFC 3263 §4.3).
   */
  readonly destinations?: readonly Destination[];
  /** Milliseconds until the first sign of life from a place; default 32,000 (timers B and F), longer ones are cut to it. */
  readonly giveUpMilliseconds?: number;
  /** Name-addr or addr-spec as text, without tag: `"Bürgeramt" <sip:+4943…@example.test>`. */
  readonly from: string;
  readonly to: string;
  readonly headers?: readonly Header[];
  readonly body?: Body | undefined;
  /** Used once on 401 and once on 407. */
  readonly credentials?: Credentials;
  /** Instead of `credentials`: an account kept over several requests, which then need no new challenge each. */
  readonly digest?: DigestClient;
  /** User part of our Contact. */
  readonly contactUser?: string;
  /** Route headers to start with, e.g. an outbound proxy: `<sip:192.0.2.1;lr>`. */
  readonly route?: readonly string[];
  /** Default 70; a B2BUA hands on what it received, minus one. */
  readonly maxForwards?: number;
  readonly callId?: string;
}

export interface InviteOptions extends RequestOptions {
  /** Seconds: written into Expires, and the call is cancelled then (RFC 3261 §13.2.1). */
  readonly expires?: number;
  /** Default true. False: `acknowledge` is the owner's (answer to a late offer). */
  readonly autoAck?: boolean;
  /** Like calling the session's `stayAtPeer` at once: everything goes to `destination`. */
  readonly stayAtPeer?: boolean;
}

export interface OutOfDialogOptions extends RequestOptions {
  readonly method: string;
  /** CSeq to start with; a REGISTER refresh uses a higher one with the same `callId`. */
  readonly cseq?: number;
  /** The binding's From tag, to be kept over refreshes. */
  readonly fromTag?: string;
  /** More headers for the request that answers a challenge, e.g. Security-Verify (RFC 3329 §2.3.1). */
  readonly answering?: (challenge: SipResponse) => readonly Header[];
}
