import type { Body } from '../messages/body.ts';
import type { Reason } from '../messages/reason.ts';
import type { Replaces } from '../messages/replaces.ts';
import type { Header, SipRequest, SipResponse } from '../messages/sip-message.ts';
import type { Destination, Source } from '../transports/destination.ts';

/** Extra parts of a response or request made by the user agent's owner. */
export interface ResponseParts {
  /** Reason phrase; default is the standard one. */
  readonly reason?: string;
  readonly headers?: readonly Header[];
  readonly body?: Body;
}

/** Why and by whom a session is over. Told exactly once. */
export interface SessionEnd {
  readonly by: 'local' | 'remote' | 'network';
  readonly cause: SessionEndCause;
  /** Final status of an INVITE that did not lead to a session. */
  readonly status?: number;
  /** The final response, when the far side rejected. */
  readonly response?: SipResponse;
  /** Reason headers of the CANCEL, BYE or final response that ended it (RFC 3326). */
  readonly reasons: readonly Reason[];
}

export type SessionEndCause =
  /** A BYE, ours or theirs. */
  | 'bye'
  /** A CANCEL before the final answer, ours or theirs. */
  | 'cancelled'
  /** A final answer of 300 or above, ours or theirs. */
  | 'rejected'
  /** No answer at all to an INVITE or an in-dialog request (timer B, F; 408, 481). */
  | 'timeout'
  /** Our 200 was never acknowledged (timer H, RFC 3261 §13.3.1.4). */
  | 'unacknowledged'
  /** The peer could not be reached. */
  | 'unreachable'
  /** The session timer ran out (RFC 4028 §10), or the Expires of their INVITE (RFC 3261 §13.3.1). */
  | 'expired';

export type ReofferResult =
  | { readonly accepted: true; readonly response: SipResponse }
  /** 491 after all retries, 488 …; the session goes on as before. Status 408, 481, 503: it is over. */
  | { readonly accepted: false; readonly status: number; readonly response?: SipResponse };

/** A re-INVITE or UPDATE of the far side. Answer it once; the second answer is ignored. */
export interface Reoffer {
  readonly request: SipRequest;
  /** False: the far side wants our offer in the 200; its answer comes with `acknowledged`. */
  readonly hasOffer: boolean;
  accept(body: Body, headers?: readonly Header[]): void;
  reject(status: number, parts?: ResponseParts): void;
}

/** A REFER inside the session (RFC 3515). Unanswered ones are refused after 32 s. */
export interface Refer {
  readonly request: SipRequest;
  /** The URI in Refer-To, without angle brackets; may hold `?Replaces=`. */
  readonly referTo: string;
  /** `referTo` without the headers behind its question mark. */
  readonly target: string;
  /** An attended transfer (RFC 5589 §7): the dialog that the referred call shall take the place of. */
  readonly replaces: Replaces | undefined;
  /**
   * That dialog when it is one of ours, as between a B2BUA and the phone that has called both sides. To be used only
   * if it belongs to who sent the REFER.
   */
  readonly consultation: Session | undefined;
  /** Referred-By as it came (RFC 3892), to be handed on unchanged or not at all. */
  readonly referredBy: string | undefined;
  /** Sends 202 and NOTIFY "100 Trying"; no NOTIFYs when the far side wants none (RFC 4488). */
  accept(): void;
  /** After `accept`: NOTIFY with the sipfrag line `SIP/2.0 status reason`. A final status ends the subscription. */
  notify(status: number, reason?: string): void;
  reject(status: number, parts?: ResponseParts): void;
}

/** A request that the owner answers. The second answer is ignored; without an answer within 32 s it gets 500. */
export interface IncomingRequest {
  readonly request: SipRequest;
  readonly source: Source;
  respond(status: number, parts?: ResponseParts): void;
}

/** What the owner of a session wants to hear. What is left out is answered by the standard (488, 603, 200 …). */
export interface SessionHandlers {
  /** Outgoing: 101 to 199, of any of several phones that a proxy rings. Reliable ones are acknowledged by the stack. */
  provisional?(response: SipResponse): void;
  /** Outgoing: the 2xx. With `autoAck: false` call `acknowledge` now. */
  accepted?(response: SipResponse): void;
  /** The far side acknowledged our 2xx; the ACK carries its answer when the offer was ours. */
  acknowledged?(ack: SipRequest): void;
  /** Incoming: the PRACK of a provisional answer of ours. With a late offer it carries the answer (RFC 3262 §5). */
  progressAcknowledged?(prack: SipRequest): void;
  /** A re-INVITE, an UPDATE or a PRACK with an offer; the latter two also before the call is answered. */
  reoffer?(reoffer: Reoffer): void;
  refer?(refer: Refer): void;
  /** INFO; without a handler it gets 200 (RFC 6086: no package needed for DTMF relay). */
  info?(incoming: IncomingRequest): void;
  /** MESSAGE, NOTIFY, OPTIONS … inside the dialog. OPTIONS without a handler gets 200, others 501 or 481. */
  request?(incoming: IncomingRequest): void;
  ended?(end: SessionEnd): void;
}

/** What incoming and outgoing sessions share: one INVITE usage with its dialog. */
export interface Session {
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly callId: string;
  readonly localTag: string;
  /** Undefined until the far side has answered for the first time. */
  readonly remoteTag: string | undefined;
  /** Where the far side's messages come from. */
  readonly peer: Source;
  readonly state: 'setup' | 'established' | 'ended';
  /**
   * From now on ACK, BYE and all our requests go where the far side's messages come from, whatever its Contact says:
   * for phones behind NAT, and so that a phone cannot aim our requests at third parties.
   */
  stayAtPeer(): void;
  /** The far side is reached elsewhere now: a browser that has registered again over a new WebSocket. */
  peerMovedTo(destination: Destination): void;
  /** Replaces the handlers. */
  handle(handlers: SessionHandlers): void;
  /** A re-INVITE. Without body it asks the far side for an offer; then `acknowledge` must follow. Retries after 491. */
  reoffer(body: Body | undefined, headers?: readonly Header[]): Promise<ReofferResult>;
  /**
   * An UPDATE with an offer (RFC 3311), also before the call is answered once descriptions have gone both ways reliably.
   * Retries as `reoffer` does. 405 when the far side's Allow does not list it.
   */
  update(body: Body, headers?: readonly Header[]): Promise<ReofferResult>;
  /**
   * Sends the ACK that `autoAck: false` or an offerless `reoffer` left to the owner. Before the call is answered: the PRACK
   * with our answer to an offer in a reliable provisional answer.
   */
  acknowledge(body?: Body): void;
  /** Any other request inside the dialog: INFO, REFER, NOTIFY, MESSAGE. Resolves with the final response (408 made up on silence). */
  request(method: string, parts?: { headers?: readonly Header[]; body?: Body }): Promise<SipResponse>;
  /** Ends an established session. During set-up use `cancel` or `reject`; then it picks the right one itself. */
  bye(reason?: Reason): void;
}

/** What an INVITE with Replaces asks for, RFC 3891. The owner judges whether its sender may. */
export interface ReplacedSession {
  /** An established one, or an outgoing one that still rings. To be ended by the owner once the new one is accepted. */
  readonly session: Session;
  readonly replaces: Replaces;
}

/** Their INVITE. */
export interface ServerSession extends Session {
  readonly direction: 'incoming';
  /** Only when the owner has `replaces` in `supported`; INVITEs that replace nothing here get 481 and their like. */
  readonly replaces: ReplacedSession | undefined;
  /** The INVITE. */
  readonly invite: SipRequest;
  readonly source: Source;
  /** False: the INVITE had no body; our 200 carries the offer and `acknowledged` the answer. */
  readonly hasOffer: boolean;
  /**
   * 180, 183 … Ignored after a final answer. With `100rel` in `supported` those with a body go out reliably when the far
   * side can, and all when it must (RFC 3262 §3): kept in order, repeated until the PRACK, 504 without one. Once a session
   * description went out so, it stands, and the 200 carries none.
   */
  provisional(status: number, parts?: ResponseParts): void;
  /** 200 with our session description, repeated until the ACK. Ignored when cancelled or answered. */
  accept(body: Body, headers?: readonly Header[]): void;
  /** 300 to 699. */
  reject(status: number, parts?: ResponseParts): void;
}

/** Our INVITE. */
export interface ClientSession extends Session {
  readonly direction: 'outgoing';
  /** Whether the far side has answered anything yet, be it 100 Trying. */
  readonly isHeard: boolean;
  /**
   * What the far side has agreed to, in a reliable provisional answer or in the 2xx. With `100rel` in `supported` look
   * here at `accepted`: the 2xx may carry no session description any more (RFC 3262 §5).
   */
  readonly remoteSdp: string | undefined;
  /** CANCEL now or after the first provisional answer (RFC 3261 §9.1); a crossing 200 is acknowledged and ended by BYE. */
  cancel(reason?: Reason): void;
}
