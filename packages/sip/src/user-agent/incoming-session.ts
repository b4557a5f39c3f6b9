import type { Timer } from '@amtsleitung/base';
import { sdpOf } from '../messages/body.ts';
import type { Body } from '../messages/body.ts';
import { createResponse } from '../messages/create-response.ts';
import { headerValue, headerValues } from '../messages/header-access.ts';
import { callIdOf } from '../messages/message-fields.ts';
import { rackOf, reliabilityOf } from '../messages/rack.ts';
import { reasonsOf } from '../messages/reason.ts';
import type { Reason } from '../messages/reason.ts';
import type { Header, SipRequest } from '../messages/sip-message.ts';
import { parseNumber } from '../messages/token.ts';
import { dialogOfRequest } from '../dialogs/dialog-state.ts';
import { answerSessionTimer } from '../dialogs/session-timer.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import type { Source } from '../transports/destination.ts';
import { DialogChannel } from './dialog-channel.ts';
import { DialogSession } from './dialog-session.ts';
import { IncomingReoffer } from './incoming-reoffer.ts';
import { responseContent } from './message-parts.ts';
import { ReliableProvisionals } from './reliable-provisionals.ts';
import type { ReplacedSession, ResponseParts, ServerSession, SessionEnd } from './session.ts';
import type { UserAgentCore } from './user-agent-core.ts';

/** RFC 3261 §13.3.1.1: proxies give up without news for three minutes. */
const provisionalMilliseconds = 60_000;
const maximumFirstCSeq = 10_000;
/** RFC 3262 §3: the first RSeq leaves room to count up. */
const maximumFirstRSeq = 2 ** 31 - 2;
/** Seconds; an INVITE that waits longer waits for ever. */
const longestExpires = 86_400;

export interface IncomingSessionOptions {
  readonly core: UserAgentCore;
  readonly transaction: ServerTransaction;
  readonly contactUser: string | undefined;
  readonly replaces: ReplacedSession | undefined;
}

/** Their INVITE and what becomes of it, RFC 3261 §13.3. */
export class IncomingSession extends DialogSession implements ServerSession {
  readonly direction = 'incoming';
  readonly invite: SipRequest;
  readonly source: Source;
  readonly hasOffer: boolean;
  readonly replaces: ReplacedSession | undefined;
  readonly #transaction: ServerTransaction;
  readonly #channel: DialogChannel;
  readonly #reliability: 'none' | 'supported' | 'required';
  #repeat: Timer | undefined;
  #expiry: Timer | undefined;
  #reliable: ReliableProvisionals | undefined;
  /** Our session description went out in a reliable provisional answer. */
  #hasDescribed = false;
  /** `accept` waits for a PRACK. */
  #isAccepting = false;

  constructor(options: IncomingSessionOptions) {
    const { core, transaction, contactUser, replaces } = options;
    const { request, source } = transaction;
    super({ core, callId: callIdOf(request), localTag: core.newTag(), isOwner: false });
    this.invite = request;
    this.source = source;
    this.replaces = replaces;
    this.hasOffer = sdpOf(request) !== undefined;
    this.#transaction = transaction;
    this.#reliability = core.supported.includes('100rel') ? reliabilityOf(request) : 'none';
    const dialog = dialogOfRequest(request, this.localTag, core.random.integer(maximumFirstCSeq));
    this.#channel = new DialogChannel({
      core,
      dialog,
      peer: source,
      contactUser,
      digest: undefined,
      staysAtPeer: false,
      turn: this.hasOffer ? 'remote' : 'none',
    });
    this.openChannel = this.#channel;
    transaction.listener = {
      toTag: this.localTag,
      cancelled: (cancel) => this.#cancelled(cancel),
      failed: () => this.state === 'setup' && this.#close({ by: 'network', cause: 'unreachable', reasons: [] }),
    };
    this.#expireLater();
  }

  /** §13.3.1: an INVITE may say how long its sender waits. */
  #expireLater(): void {
    const seconds = parseNumber(headerValue(this.invite, 'Expires')?.trim() ?? '', longestExpires);
    if (seconds === undefined) return;
    this.#expiry = this.core.timers.after(seconds * 1_000, () => this.#expired());
  }

  #expired(): void {
    if (this.state !== 'setup') return;
    this.#transaction.respond(this.#response(487, {}, []));
    this.#close({ by: 'remote', cause: 'expired', status: 487, reasons: [] });
  }

  get session(): this {
    return this;
  }

  get peer(): Source {
    return this.#channel.peer;
  }

  provisional(status: number, parts: ResponseParts = {}): void {
    if (this.state !== 'setup' || this.#isAccepting || status <= 100 || status >= 200) return;
    const { body, ...others } = parts;
    if (this.#isReliable(body)) {
      this.#sendReliably(status, parts);
      // §13.3.1.1, RFC 3262 §3: news for the proxies, not the same number again.
      return this.#repeatLater(() => this.provisional(status, others));
    }
    const response = this.#response(status, parts, [this.#channel.contact]);
    this.#transaction.respond(response);
    this.#repeatLater(() => this.#transaction.respond(response));
  }

  accept(body: Body, headers: readonly Header[] = []): void {
    if (this.state !== 'setup' || this.#isAccepting) return;
    this.#repeat?.cancel();
    this.#isAccepting = true;
    if (!this.#reliable?.holdsSuccess(() => this.#succeed(body, headers))) this.#succeed(body, headers);
  }

  #succeed(body: Body, headers: readonly Header[]): void {
    if (this.state !== 'setup') return;
    this.#reliable?.stop();
    this.#expiry?.cancel();
    const session = answerSessionTimer(this.invite);
    this.usage.learnFrom(this.invite);
    // RFC 3262 §5: descriptions exchanged in reliable provisional answers stand.
    const hasAgreed = this.#hasDescribed;
    if (!hasAgreed) this.usage.localBody = body;
    // The ACK brings the answer to a late offer; until then no other change (§14).
    this.usage.turn = this.hasOffer || hasAgreed ? 'none' : 'remote';
    const parts = hasAgreed ? { headers } : { headers, body };
    const response = this.#response(200, parts, [...this.usage.capabilities, ...session.headers]);
    this.establish();
    this.#transaction.respond(response);
    this.usage.awaitAck(this.#transaction, () => this.#transaction.respond(response));
    this.usage.restartTimer(session.timer);
  }

  reject(status: number, parts: ResponseParts = {}): void {
    if (this.state !== 'setup' || status < 300) return;
    const response = this.#response(status, parts, []);
    this.#transaction.respond(response);
    this.#close({ by: 'local', cause: 'rejected', status, reasons: reasonsOf(response) });
  }

  override bye(reason?: Reason): void {
    if (this.state === 'setup') this.reject(480);
    else super.bye(reason);
  }

  shutDown(): void {
    if (this.state === 'setup') this.reject(503);
    else this.bye();
  }

  /** Their BYE in the early dialog (§15): the INVITE gets its 487. */
  protected override end(end: SessionEnd): void {
    if (this.state === 'setup') this.#transaction.respond(this.#response(487, {}, []));
    this.#stopTimers();
    super.end(end);
  }

  /** RFC 3262 §3: a PRACK answers one of our reliable provisional answers, or gets 481. */
  protected override takePrack(transaction: ServerTransaction): void {
    const { request } = transaction;
    const rack = rackOf(request);
    if (!rack) return transaction.respond(createResponse(request, 400));
    const acknowledged = this.#reliable?.acknowledge(rack);
    if (!acknowledged) return transaction.respond(createResponse(request, 481));
    const isAnswer = this.usage.turn === 'local' && sdpOf(acknowledged.response) !== undefined;
    // §5: with everything agreed, a description in a PRACK is a new offer.
    if (sdpOf(request) !== undefined && !isAnswer) IncomingReoffer.take(this.usage, transaction);
    else transaction.respond(createResponse(request, 200));
    if (isAnswer) this.usage.turn = 'none';
    this.core.guard('progressAcknowledged', () => this.handlers.progressAcknowledged?.(request));
    this.#reliable?.proceed();
  }

  #isReliable(body: Body | undefined): boolean {
    return this.#reliability === 'required' || (this.#reliability === 'supported' && body !== undefined);
  }

  #sendReliably(status: number, parts: ResponseParts): void {
    const { core } = this;
    this.#reliable ??= new ReliableProvisionals({
      invite: this.invite,
      firstSequence: 1 + core.random.integer(maximumFirstRSeq),
      timers: core.timers,
      send: (response) => this.#transaction.respond(response),
      giveUp: () => this.#unheard(),
    });
    // RFC 3262 §5: one description each way; a second one would be an offer out of turn.
    const { body, ...others } = parts;
    const isFirst = body !== undefined && !this.#hasDescribed;
    if (isFirst) this.#described(body);
    this.#reliable.send({
      make: (headers) => this.#response(status, isFirst ? parts : others, [...this.usage.capabilities, ...headers]),
      hasDescription: isFirst,
    });
  }

  #described(body: Body): void {
    this.#hasDescribed = true;
    this.usage.localBody = body;
    this.usage.learnFrom(this.invite);
    // An offer of ours until the PRACK answers it.
    this.usage.turn = this.hasOffer ? 'none' : 'local';
  }

  /** RFC 3262 §3: no PRACK in 64·T1. */
  #unheard(): void {
    if (this.state !== 'setup') return;
    this.#transaction.respond(this.#response(504, {}, []));
    this.#close({ by: 'network', cause: 'unacknowledged', status: 504, reasons: [] });
  }

  #cancelled(cancel: SipRequest): void {
    if (this.state !== 'setup') return;
    this.#transaction.respond(this.#response(487, {}, []));
    this.#close({ by: 'remote', cause: 'cancelled', status: 487, reasons: reasonsOf(cancel) });
  }

  #close(end: SessionEnd): void {
    this.#stopTimers();
    super.end(end);
  }

  #stopTimers(): void {
    this.#repeat?.cancel();
    this.#expiry?.cancel();
    this.#reliable?.stop();
  }

  #repeatLater(send: () => void): void {
    this.#repeat?.cancel();
    this.#repeat = this.core.timers.after(provisionalMilliseconds, () => {
      send();
      this.#repeatLater(send);
    });
  }

  #response(status: number, parts: ResponseParts, own: readonly Header[]) {
    // §12.1.1: a dialog-making response carries the Record-Route of its request.
    const recorded = status < 300 ? headerValues(this.invite, 'Record-Route') : [];
    const routes = recorded.map((value) => ({ name: 'Record-Route', value }));
    return createResponse(this.invite, status, {
      toTag: this.localTag,
      ...responseContent(parts, [...routes, ...own]),
    });
  }
}
