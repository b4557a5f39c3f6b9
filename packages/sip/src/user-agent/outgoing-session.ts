import type { Timer } from '@amtsleitung/base';
import { sdpOf } from '../messages/body.ts';
import type { Body } from '../messages/body.ts';
import { headerValue, withoutHeader } from '../messages/header-access.ts';
import { cseqOf } from '../messages/message-fields.ts';
import { reasonHeader, reasonsOf } from '../messages/reason.ts';
import type { Reason } from '../messages/reason.ts';
import type { Header, SipRequest, SipResponse } from '../messages/sip-message.ts';
import { dialogOfResponse } from '../dialogs/dialog-state.ts';
import { agreedSessionTimer } from '../dialogs/session-timer.ts';
import type { Destination, Source } from '../transports/destination.ts';
import { DialogChannel } from './dialog-channel.ts';
import { DialogSession } from './dialog-session.ts';
import type { DigestClient } from './digest-client.ts';
import { destinationsOf, digestOf } from './request-options.ts';
import { EarlyDialogs } from './early-dialogs.ts';
import { InviteAttempt } from './invite-attempt.ts';
import { buildRequest } from './outgoing-request-builder.ts';
import type { ClientSession, SessionEnd } from './session.ts';
import { StrayAnswers } from './stray-answers.ts';
import type { UserAgentCore } from './user-agent-core.ts';
import type { InviteOptions } from './user-agent-options.ts';

/** Our INVITE and what becomes of it, RFC 3261 §13.2. */
export class OutgoingSession extends DialogSession implements ClientSession {
  readonly direction = 'outgoing';
  readonly #options: InviteOptions;
  readonly #digest: DigestClient | undefined;
  readonly #destinations: readonly Destination[];
  readonly #early: EarlyDialogs;
  #strays: StrayAnswers | undefined;
  #place = 0;
  #cseq = 1;
  #staysAtPeer: boolean;
  #attempt: InviteAttempt | undefined;
  #expiry: Timer | undefined;
  #isHeard = false;
  /** Challenges answered and 422 heeded, at this place. */
  readonly #retried = new Set<'401' | '407' | '422'>();
  /** What challenges and 422 have added to the INVITE. */
  #extra: readonly Header[] = [];
  #cancel: { readonly reason: Reason | undefined } | undefined;

  constructor(core: UserAgentCore, options: InviteOptions) {
    const callId = options.callId ?? core.newTag();
    super({ core, callId, localTag: core.newTag(), isOwner: true });
    this.#options = options;
    this.#digest = digestOf(options, core.random);
    this.#destinations = destinationsOf(options);
    this.usage.localBody = options.body;
    this.#staysAtPeer = options.stayAtPeer ?? false;
    this.#early = new EarlyDialogs({
      hasOffered: options.body !== undefined,
      isReliable: core.supported.includes('100rel'),
      open: (request, response) => this.#open(request, response),
    });
  }

  override stayAtPeer(): void {
    this.#staysAtPeer = true;
    super.stayAtPeer();
  }

  get isHeard(): boolean {
    return this.#isHeard;
  }

  get session(): this {
    return this;
  }

  get peer(): Source {
    return this.openChannel?.peer ?? { secure: false, ...this.#destination };
  }

  get remoteSdp(): string | undefined {
    const description = this.openChannel?.description;
    return description && sdpOf(description);
  }

  override hasRemoteTag(tag: string): boolean {
    return super.hasRemoteTag(tag) || (this.state === 'setup' && this.#early.channel(tag) !== undefined);
  }

  /** Sends the INVITE. */
  start(): void {
    const { expires } = this.#options;
    if (expires !== undefined) this.#expiry = this.core.timers.after(expires * 1_000, () => this.cancel());
    const preempted = this.#digest?.preempt(this.#signed);
    if (preempted) this.#extra = [preempted];
    this.#send();
  }

  #send(): void {
    const { core } = this;
    const own: Header[] = [...core.capabilities, ...this.#extra];
    const { expires } = this.#options;
    if (expires !== undefined) own.push({ name: 'Expires', value: String(expires) });
    if (core.sessionExpires !== undefined && !own.some((header) => header.name === 'Session-Expires')) {
      own.push({ name: 'Session-Expires', value: String(core.sessionExpires) });
    }
    const contact = core.contactFor(this.#destination, this.#options.contactUser);
    const identity = { method: 'INVITE', callId: this.callId, fromTag: this.localTag, cseq: this.#cseq, contact };
    const request = buildRequest(this.#options, identity, own);
    this.#attempt = new InviteAttempt({
      core,
      request,
      destination: this.#destination,
      giveUpMilliseconds: this.#options.giveUpMilliseconds,
      listener: {
        response: (response) => this.#receive(request, response),
        failed: (status) => this.#failed(status),
        cancelled: () => this.state === 'setup' && this.#endCancelled(),
        stray: (response) => this.#dismiss(request, response),
      },
    });
  }

  get #signed() {
    const { requestUri: uri, body } = this.#options;
    return { method: 'INVITE', uri, ...(body ? { body: body.content } : {}) };
  }

  get #destination(): Destination {
    return this.#destinations[this.#place]!;
  }

  cancel(reason?: Reason): void {
    if (this.state === 'established') return this.bye(reason);
    if (this.state !== 'setup' || this.#cancel) return;
    this.#cancel = { reason };
    this.#attempt?.cancel(reason ? [reasonHeader(reason)] : []);
  }

  override bye(reason?: Reason): void {
    if (this.state === 'setup') this.cancel(reason);
    else super.bye(reason);
  }

  override acknowledge(body?: Body): void {
    if (this.state !== 'setup') return super.acknowledge(body);
    if (body && this.#early.answer(this.openChannel, body)) this.usage.localBody = body;
  }

  shutDown(): void {
    this.bye();
  }

  protected override end(end: SessionEnd): void {
    this.#expiry?.cancel();
    super.end(end);
  }

  protected override channelOf(remoteTag: string): DialogChannel | undefined {
    if (this.state === 'setup') this.openChannel = this.#early.channel(remoteTag) ?? this.openChannel;
    return super.channelOf(remoteTag);
  }

  /** RFC 3263 §4.3: silence, no connection and 503 lead to the next place, with a new branch. */
  #tryNext(): boolean {
    if (this.#cancel || this.state !== 'setup' || this.#place + 1 >= this.#destinations.length) return false;
    this.#place++;
    // A nonce is of no use elsewhere.
    this.#retried.clear();
    this.#extra = withoutHeader(withoutHeader(this.#extra, 'Authorization'), 'Proxy-Authorization');
    this.#early.clear();
    this.openChannel = undefined;
    this.#send();
    return true;
  }

  #failed(status: 408 | 503): void {
    if (this.state !== 'setup' || this.#tryNext()) return;
    if (this.#cancel) return this.#endCancelled();
    this.end({ by: 'network', cause: status === 408 ? 'timeout' : 'unreachable', status, reasons: [] });
  }

  #endCancelled(): void {
    const reasons = this.#cancel?.reason ? [this.#cancel.reason] : [];
    this.end({ by: 'local', cause: 'cancelled', status: 487, reasons });
  }

  #receive(request: SipRequest, response: SipResponse): void {
    this.#isHeard = true;
    if (response.status < 200) this.#progress(request, response);
    else if (response.status < 300) this.#succeed(request, response);
    else if (this.state === 'setup' && !this.#retry(response)) this.#refused(response);
  }

  #progress(request: SipRequest, response: SipResponse): void {
    if (this.#cancel || this.state !== 'setup' || response.status === 100) return;
    if (!this.#early.take(request, response)) return;
    const tag = dialogOfResponse(request, response)?.remoteTag;
    if (tag !== undefined) this.openChannel = this.#early.channel(tag) ?? this.openChannel;
    this.usage.noteMethods(response);
    this.core.guard('provisional', () => this.handlers.provisional?.(response));
  }

  #open(request: SipRequest, response: SipResponse): DialogChannel | undefined {
    const dialog = dialogOfResponse(request, response);
    if (!dialog) return undefined;
    const channel = new DialogChannel({ ...this.#channelOptions(), dialog, turn: 'local' });
    // §13.2.2.4: the ACK carries the INVITE's credentials.
    channel.credentials = this.#extra.filter((header) => header.name.endsWith('Authorization'));
    return channel;
  }

  #channelOptions() {
    return {
      core: this.core,
      peer: this.peer,
      contactUser: this.#options.contactUser,
      digest: this.#digest,
      staysAtPeer: this.#staysAtPeer,
    };
  }

  #succeed(request: SipRequest, response: SipResponse): void {
    if (this.openChannel?.repeatAck(response)) return;
    if (this.state === 'established' && this.isOfDialog(response)) return;
    if (this.state !== 'setup') return this.#dismiss(request, response);
    this.openChannel = this.#early.confirm(request, response);
    if (!this.openChannel) return this.#refused(response);
    this.#early.clear();
    this.#expiry?.cancel();
    this.openChannel.description ??= response;
    this.#digest?.learn(response);
    this.establish();
    this.usage.learnFrom(response);
    this.usage.restartTimer(agreedSessionTimer(response));
    this.keepToAcknowledge(response);
    // RFC 3262 §5: with everything agreed before, no answer is owed.
    const owesAnswer = !(this.#options.autoAck ?? true) && this.openChannel.turn === 'local';
    if (this.#cancel || !owesAnswer) this.acknowledge();
    if (!this.#cancel) this.core.guard('accepted', () => this.handlers.accepted?.(response));
    else this.#hangUpCancelled();
  }

  #dismiss(request: SipRequest, response: SipResponse): void {
    this.#strays ??= new StrayAnswers(() => ({ ...this.#channelOptions(), digest: undefined }));
    this.#strays.dismiss(request, response);
  }

  /** The 2xx crossed our CANCEL. */
  #hangUpCancelled(): void {
    const reason = this.#cancel?.reason;
    const headers = reason ? [reasonHeader(reason)] : [];
    this.openChannel?.request('BYE', { headers }, { response: () => {}, timedOut: () => {}, failed: () => {} });
    this.#endCancelled();
  }

  /** Whether the refusal was one that another INVITE may overcome: a challenge, a too short interval, a busy server. */
  #retry(response: SipResponse): boolean {
    if (this.#cancel) return false;
    const { status } = response;
    if (status === 503) return this.#tryNext();
    if (status === 401 || status === 407) return this.#answerChallenge(status, response);
    // RFC 4028 §7.3
    const minimum = headerValue(response, 'Min-SE');
    if (status !== 422 || minimum === undefined || this.#retried.has('422')) return false;
    // The challenges have been answered: a new INVITE needs new ones.
    this.#retried.clear();
    this.#retried.add('422');
    this.#extra = ['Min-SE', 'Session-Expires'].map((name) => ({ name, value: minimum }));
    this.#sendAgain(response);
    return true;
  }

  #answerChallenge(status: 401 | 407, response: SipResponse): boolean {
    const kind = `${status}` as const;
    if (this.#retried.has(kind)) return false;
    const answer = this.#digest?.answer(response, this.#signed);
    if (!answer) return false;
    this.#retried.add(kind);
    this.#extra = [...withoutHeader(this.#extra, answer.name), answer];
    this.#sendAgain(response);
    return true;
  }

  #sendAgain(response: SipResponse): void {
    this.#cseq = (cseqOf(response)?.number ?? this.#cseq) + 1;
    this.#early.clear();
    this.openChannel = undefined;
    this.#send();
  }

  #refused(response: SipResponse): void {
    const { status } = response;
    if (this.#cancel) return this.#endCancelled();
    this.end({ by: 'remote', cause: 'rejected', status, response, reasons: reasonsOf(response) });
  }
}
