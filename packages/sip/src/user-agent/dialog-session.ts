import type { Body } from '../messages/body.ts';
import { createResponse } from '../messages/create-response.ts';
import { listsToken } from '../messages/header-access.ts';
import { cseqOf, fromTagOf, toTagOf } from '../messages/message-fields.ts';
import { reasonHeader } from '../messages/reason.ts';
import type { Reason } from '../messages/reason.ts';
import type { Header, SipMessage, SipRequest, SipResponse } from '../messages/sip-message.ts';
import { sipResponse } from '../messages/sip-message.ts';
import { statusPhrase } from '../messages/status-phrase.ts';
import { refreshTarget, takeRequest } from '../dialogs/dialog-state.ts';
import type { SessionTimer } from '../dialogs/session-timer.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import type { Destination, Source } from '../transports/destination.ts';
import type { DialogChannel } from './dialog-channel.ts';
import { dispatchDialogRequest } from './dialog-request-dispatch.ts';
import { sendReoffer } from './outgoing-reoffer.ts';
import type { ReofferResult, Session, SessionEnd, SessionHandlers } from './session.ts';
import { SessionRefresher } from './session-refresher.ts';
import type { SessionUsage } from './session-usage.ts';
import { SuccessRepeater } from './success-repeater.ts';
import type { DialogEntry, UserAgentCore } from './user-agent-core.ts';

export interface DialogSessionOptions {
  readonly core: UserAgentCore;
  readonly callId: string;
  readonly localTag: string;
  readonly isOwner: boolean;
}

/** What both directions of a session share: everything inside the dialog. */
export abstract class DialogSession implements DialogEntry {
  readonly id: string;
  readonly callId: string;
  readonly localTag: string;
  protected readonly core: UserAgentCore;
  protected handlers: SessionHandlers = {};
  protected readonly usage: SessionUsage;
  protected openChannel: DialogChannel | undefined;
  #state: 'setup' | 'established' | 'ended' = 'setup';
  #peerAllowsUpdate = false;
  readonly #refresher: SessionRefresher;
  /** Our unacknowledged 2xx, by CSeq; and what waits for its ACK. */
  #unacknowledged: { readonly cseq: number; readonly repeater: SuccessRepeater } | undefined;
  #afterAck: (() => void)[] = [];
  /** Their 2xx that the owner has not acknowledged yet. */
  #toAcknowledge: SipResponse | undefined;

  constructor(options: DialogSessionOptions) {
    this.core = options.core;
    this.callId = options.callId;
    this.localTag = options.localTag;
    this.id = options.core.newTag();
    this.usage = this.#makeUsage(options);
    this.#refresher = new SessionRefresher({
      clock: options.core.clock,
      timers: options.core.timers,
      send: (headers) => this.#refresh(headers),
      expired: () => this.#expire(),
    });
  }

  abstract readonly direction: 'incoming' | 'outgoing';
  abstract get session(): Session;
  abstract get peer(): Source;
  abstract shutDown(): void;

  hasRemoteTag(tag: string): boolean {
    return tag === this.remoteTag;
  }

  get remoteTag(): string | undefined {
    return this.openChannel?.state.remoteTag;
  }

  get state(): 'setup' | 'established' | 'ended' {
    return this.#state;
  }

  handle(handlers: SessionHandlers): void {
    this.handlers = handlers;
  }

  stayAtPeer(): void {
    if (this.openChannel) this.openChannel.staysAtPeer = true;
  }

  peerMovedTo(destination: Destination): void {
    if (this.openChannel) this.openChannel.peer = { secure: false, ...destination };
  }

  takeRequest(transaction: ServerTransaction): void {
    const { request } = transaction;
    const channel = this.channelOf(fromTagOf(request));
    if (!channel || this.#state === 'ended') {
      return transaction.respond(createResponse(request, 481));
    }
    const next = takeRequest(channel.state, request);
    // RFC 3261 §12.2.2
    if (!next) return transaction.respond(createResponse(request, 500));
    channel.state = next;
    // A new INVITE proves that our last 2xx arrived, though its ACK did not.
    if (request.method === 'INVITE' && this.usage.turn === 'none') this.#unacknowledged?.repeater.acknowledge();
    dispatchDialogRequest(this.usage, transaction);
  }

  /** The dialog with that remote tag. */
  protected channelOf(remoteTag: string): DialogChannel | undefined {
    return this.openChannel?.state.remoteTag === remoteTag ? this.openChannel : undefined;
  }

  protected isOfDialog(response: SipResponse): boolean {
    return toTagOf(response) === this.remoteTag;
  }

  takeAck(ack: SipRequest): void {
    if (this.#unacknowledged?.cseq !== cseqOf(ack)?.number) return;
    this.#unacknowledged?.repeater.acknowledge();
    this.core.guard('acknowledged', () => this.handlers.acknowledged?.(ack));
  }

  async reoffer(body: Body | undefined, headers: readonly Header[] = []): Promise<ReofferResult> {
    // §14.1: not before the ACK of our own 2xx.
    await this.#acknowledgedByPeer();
    const result = await sendReoffer(this.usage, { method: 'INVITE', body, headers });
    if (result.accepted && !body) this.#toAcknowledge = result.response;
    return result;
  }

  update(body: Body, headers: readonly Header[] = []): Promise<ReofferResult> {
    if (!this.#peerAllowsUpdate) return Promise.resolve({ accepted: false, status: 405 });
    return sendReoffer(this.usage, { method: 'UPDATE', body, headers });
  }

  acknowledge(body?: Body): void {
    const success = this.#toAcknowledge;
    if (!success || !this.openChannel) return;
    this.#toAcknowledge = undefined;
    if (body) this.usage.localBody = body;
    this.usage.turn = 'none';
    this.openChannel.acknowledge(success, body);
  }

  request(method: string, parts: { headers?: readonly Header[]; body?: Body } = {}): Promise<SipResponse> {
    const channel = this.openChannel;
    if (!channel || this.#state === 'ended') return Promise.resolve(madeUp(481));
    return new Promise((resolve) => {
      channel.request(method, parts, {
        response: (response) => {
          if (response.status < 200) return;
          // RFC 5057 §5.1: 481 ends the session, unless it is about a subscription.
          if (response.status === 481 && !isSubscribing(method))
            this.usage.end({ by: 'remote', cause: 'timeout', status: 481, reasons: [] });
          resolve(response);
        },
        timedOut: () => {
          this.#vanished();
          resolve(madeUp(408));
        },
        failed: () => resolve(madeUp(503)),
      });
    });
  }

  bye(reason?: Reason): void {
    if (this.#state !== 'established') return;
    this.#hangUp({ by: 'local', cause: 'bye', reasons: reason ? [reason] : [] }, reason);
  }

  /** Ends with a BYE; RFC 3261 §15: a callee sends it only after the ACK. */
  #hangUp(end: SessionEnd, reason?: Reason): void {
    const channel = this.openChannel;
    const send = () =>
      channel?.request(
        'BYE',
        { headers: reason ? [reasonHeader(reason)] : [] },
        { response: () => {}, timedOut: () => {}, failed: () => {} },
      );
    // A 2xx that the owner has left unacknowledged must be before its dialog can end.
    if (this.#toAcknowledge) this.acknowledge();
    if (this.#unacknowledged) this.#afterAck.push(send);
    else send();
    this.end(end);
  }

  /** No answer inside the dialog: the far side is gone (§12.2.1.2). */
  #vanished(): void {
    if (this.#state === 'established') this.#hangUp({ by: 'network', cause: 'timeout', status: 408, reasons: [] });
  }

  #expire(): void {
    const reason: Reason = { protocol: 'SIP', cause: 408, text: 'Session expired' };
    if (this.#state === 'established') this.#hangUp({ by: 'network', cause: 'expired', reasons: [] }, reason);
  }

  /** RFC 4028 §7.4: by UPDATE where the far side takes it, else by the same description again. */
  async #refresh(headers: readonly Header[]): Promise<SipResponse | undefined> {
    const { localBody } = this.usage;
    if (this.#peerAllowsUpdate || !localBody) {
      return this.request('UPDATE', { headers: [...headers, ...this.core.capabilities] });
    }
    return (await this.reoffer(localBody, headers)).response;
  }

  /** RFC 3262 §3: nothing of ours that this could acknowledge. */
  protected takePrack(transaction: ServerTransaction): void {
    transaction.respond(createResponse(transaction.request, 481));
  }

  protected establish(): void {
    if (this.#state === 'setup') this.#state = 'established';
  }

  /** Leaves the 2xx to the owner's `acknowledge`. */
  protected keepToAcknowledge(success: SipResponse): void {
    this.#toAcknowledge = success;
  }

  protected end(end: SessionEnd): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#refresher.stop();
    for (const refer of this.usage.refers) refer.forget();
    // Their BYE proves that our 2xx arrived; else its ACK must still find us.
    if (end.by === 'remote') this.#unacknowledged?.repeater.acknowledge();
    if (this.#unacknowledged) this.#afterAck.push(() => this.core.leave(this));
    else this.core.leave(this);
    this.core.guard('ended', () => this.handlers.ended?.(end));
  }

  #acknowledgedByPeer(): Promise<void> {
    if (!this.#unacknowledged) return Promise.resolve();
    return new Promise((resolve) => this.#afterAck.push(resolve));
  }

  #awaitAck(transaction: ServerTransaction, repeat: () => void): void {
    const settle = () => {
      this.#unacknowledged = undefined;
      for (const run of this.#afterAck.splice(0)) run();
    };
    const repeater = new SuccessRepeater({
      timers: this.core.timers,
      repeat,
      acknowledged: () => {
        transaction.successAcknowledged();
        if (this.usage.turn === 'remote') this.usage.turn = 'none';
        settle();
      },
      giveUp: () => {
        settle();
        // §13.3.1.4
        if (this.#state === 'established') this.#hangUp({ by: 'network', cause: 'unacknowledged', reasons: [] });
      },
    });
    this.#unacknowledged = { cseq: cseqOf(transaction.request)?.number ?? 0, repeater };
  }

  #learnFrom(message: SipMessage): void {
    const channel = this.openChannel;
    if (channel) channel.state = refreshTarget(channel.state, message);
    this.#refresher.note(message);
    this.#noteMethods(message);
  }

  #noteMethods(message: SipMessage): void {
    if (message.headers.some((header) => header.name === 'Allow')) {
      this.#peerAllowsUpdate = listsToken(message, 'Allow', 'UPDATE');
    }
  }

  #makeUsage(options: DialogSessionOptions): SessionUsage {
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const session = this;
    return {
      core: options.core,
      isOwner: options.isOwner,
      get turn() {
        return session.openChannel?.turn ?? 'local';
      },
      set turn(turn) {
        if (session.openChannel) session.openChannel.turn = turn;
      },
      localBody: undefined,
      refers: new Set(),
      get channel() {
        return session.openChannel!;
      },
      get hasDialog() {
        return session.openChannel !== undefined;
      },
      get handlers() {
        return session.handlers;
      },
      get state() {
        return session.#state;
      },
      get peerAllowsUpdate() {
        return session.#peerAllowsUpdate;
      },
      get capabilities() {
        return [session.openChannel!.contact, ...options.core.capabilities];
      },
      noteMethods: (message) => this.#noteMethods(message),
      learnFrom: (message) => this.#learnFrom(message),
      // RFC 4028 §7.2: it begins with the 2xx to the INVITE.
      restartTimer: (timer: SessionTimer | undefined) =>
        this.#state === 'established' && this.#refresher.restart(timer),
      takePrack: (transaction) => this.takePrack(transaction),
      awaitAck: (transaction, repeat) => this.#awaitAck(transaction, repeat),
      bye: (reason) => this.bye(reason),
      end: (end) => this.end(end),
    };
  }
}

function isSubscribing(method: string): boolean {
  return method === 'SUBSCRIBE' || method === 'NOTIFY';
}

/** A response nobody sent, RFC 3261 §8.1.3.1. */
function madeUp(status: number): SipResponse {
  return sipResponse(status, statusPhrase(status), []);
}
