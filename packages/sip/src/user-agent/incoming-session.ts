import type { Timer } from '@amtsleitung/base';
import { sdpOf } from '../messages/body.ts';
import type { Body } from '../messages/body.ts';
import { createResponse } from '../messages/create-response.ts';
import { headerValues } from '../messages/header-access.ts';
import { callIdOf } from '../messages/message-fields.ts';
import { reasonsOf } from '../messages/reason.ts';
import type { Reason } from '../messages/reason.ts';
import type { Header, SipRequest } from '../messages/sip-message.ts';
import { dialogOfRequest } from '../dialogs/dialog-state.ts';
import { answerSessionTimer } from '../dialogs/session-timer.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import type { Source } from '../transports/destination.ts';
import { DialogChannel } from './dialog-channel.ts';
import { DialogSession } from './dialog-session.ts';
import { responseContent } from './message-parts.ts';
import type { ReplacedSession, ResponseParts, ServerSession, SessionEnd } from './session.ts';
import type { UserAgentCore } from './user-agent-core.ts';

/** RFC 3261 §13.3.1.1: proxies give up without news for three minutes. */
const provisionalMilliseconds = 60_000;
const maximumFirstCSeq = 10_000;

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
  #repeat: Timer | undefined;

  constructor(options: IncomingSessionOptions) {
    const { core, transaction, contactUser, replaces } = options;
    const { request, source } = transaction;
    super({ core, callId: callIdOf(request), localTag: core.newTag(), turn: 'remote', isOwner: false });
    this.invite = request;
    this.source = source;
    this.replaces = replaces;
    this.hasOffer = sdpOf(request) !== undefined;
    this.#transaction = transaction;
    const dialog = dialogOfRequest(request, this.localTag, core.random.integer(maximumFirstCSeq));
    this.#channel = new DialogChannel({
      core,
      dialog,
      peer: source,
      contactUser,
      digest: undefined,
      staysAtPeer: false,
    });
    this.openChannel = this.#channel;
    transaction.listener = {
      cancelled: (cancel) => this.#cancelled(cancel),
      failed: () => this.state === 'setup' && this.#close({ by: 'network', cause: 'unreachable', reasons: [] }),
    };
  }

  get session(): this {
    return this;
  }

  get peer(): Source {
    return this.#channel.peer;
  }

  provisional(status: number, parts: ResponseParts = {}): void {
    if (this.state !== 'setup' || status <= 100 || status >= 200) return;
    const response = this.#response(status, parts, [this.#channel.contact]);
    this.#transaction.respond(response);
    this.#repeatLater(() => this.#transaction.respond(response));
  }

  accept(body: Body, headers: readonly Header[] = []): void {
    if (this.state !== 'setup') return;
    this.#repeat?.cancel();
    const session = answerSessionTimer(this.invite);
    this.usage.learnFrom(this.invite);
    this.usage.localBody = body;
    // The ACK brings the answer to a late offer; until then no other change (§14).
    this.usage.turn = this.hasOffer ? 'none' : 'remote';
    const response = this.#response(200, { headers, body }, [...this.usage.capabilities, ...session.headers]);
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
    this.#repeat?.cancel();
    super.end(end);
  }

  #cancelled(cancel: SipRequest): void {
    if (this.state !== 'setup') return;
    this.#transaction.respond(this.#response(487, {}, []));
    this.#close({ by: 'remote', cause: 'cancelled', status: 487, reasons: reasonsOf(cancel) });
  }

  #close(end: SessionEnd): void {
    this.#repeat?.cancel();
    super.end(end);
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
