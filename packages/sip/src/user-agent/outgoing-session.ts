import { cseqOf, toTagOf } from '../messages/message-fields.ts';
import { headerValue } from '../messages/header-access.ts';
import { reasonHeader, reasonsOf } from '../messages/reason.ts';
import type { Reason } from '../messages/reason.ts';
import type { Header, SipRequest, SipResponse } from '../messages/sip-message.ts';
import { dialogAck, dialogRequest } from '../dialogs/dialog-request.ts';
import { dialogOfResponse } from '../dialogs/dialog-state.ts';
import { agreedSessionTimer } from '../dialogs/session-timer.ts';
import type { ClientTransaction } from '../transactions/client-transaction.ts';
import { transactionTimeout } from '../transactions/timer-values.ts';
import type { Source } from '../transports/destination.ts';
import { DialogChannel } from './dialog-channel.ts';
import { DialogSession } from './dialog-session.ts';
import { DigestClient } from './digest-client.ts';
import { buildRequest } from './outgoing-request-builder.ts';
import type { ClientSession } from './session.ts';
import type { UserAgentCore } from './user-agent-core.ts';
import type { InviteOptions } from './user-agent-options.ts';

/** Our INVITE and what becomes of it, RFC 3261 §13.2. */
export class OutgoingSession extends DialogSession implements ClientSession {
  readonly direction = 'outgoing';
  readonly #options: InviteOptions;
  readonly #digest: DigestClient | undefined;
  readonly #firstPeer: Source;
  #staysAtPeer: boolean;
  #transaction: ClientTransaction | undefined;
  #hasProvisional = false;
  #isHeard = false;
  #hasRetried = { challenge: false, interval: false };
  /** What challenges and 422 have added to the INVITE. */
  #extra: readonly Header[] = [];
  #cancel: { readonly reason: Reason | undefined; isSent: boolean } | undefined;

  constructor(core: UserAgentCore, options: InviteOptions) {
    const callId = options.callId ?? core.newTag();
    super({ core, callId, localTag: core.newTag(), turn: 'local', isOwner: true });
    this.#options = options;
    this.#digest = options.credentials ? new DigestClient(options.credentials, core.random) : undefined;
    this.#firstPeer = { ...options.destination, secure: false };
    this.usage.localBody = options.body;
    this.#staysAtPeer = options.stayAtPeer ?? false;
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
    return this.openChannel?.peer ?? this.#firstPeer;
  }

  /** Sends the INVITE. */
  start(cseq = 1): void {
    const { core } = this;
    const expires = core.sessionExpires;
    const own: Header[] = [...core.capabilities, ...this.#extra];
    if (expires !== undefined && !own.some((header) => header.name === 'Session-Expires')) {
      own.push({ name: 'Session-Expires', value: String(expires) });
    }
    const contact = core.contactFor(this.#options.destination, this.#options.contactUser);
    const identity = { method: 'INVITE', callId: this.callId, fromTag: this.localTag, cseq, contact };
    const request = buildRequest(this.#options, identity, own);
    this.#hasProvisional = false;
    this.#transaction = core.transactions.request(request, this.#options.destination, {
      response: (response) => this.#receive(request, response),
      timedOut: () => this.end({ by: 'network', cause: 'timeout', status: 408, reasons: [] }),
      failed: () => this.#failed(),
    });
  }

  cancel(reason?: Reason): void {
    if (this.state === 'established') return this.bye(reason);
    if (this.state !== 'setup' || this.#cancel) return;
    this.#cancel = { reason, isSent: false };
    // RFC 3261 §9.1: only after a provisional answer, for the INVITE may not have arrived yet.
    if (this.#hasProvisional) this.#sendCancel();
  }

  override bye(reason?: Reason): void {
    if (this.state === 'setup') this.cancel(reason);
    else super.bye(reason);
  }

  shutDown(): void {
    this.bye();
  }

  #sendCancel(): void {
    const transaction = this.#transaction;
    if (!this.#cancel || this.#cancel.isSent || !transaction) return;
    this.#cancel.isSent = true;
    const { reason } = this.#cancel;
    this.core.transactions.cancel(transaction, reason ? [reasonHeader(reason)] : []);
    // §9.1: no final answer in 64·T1 means that there will be none.
    this.core.timers.after(transactionTimeout, () => {
      transaction.transportFailed();
      if (this.state === 'setup') this.#endCancelled();
    });
  }

  #failed(): void {
    if (this.state === 'setup') this.end({ by: 'network', cause: 'unreachable', status: 503, reasons: [] });
  }

  #endCancelled(): void {
    const reasons = this.#cancel?.reason ? [this.#cancel.reason] : [];
    this.end({ by: 'local', cause: 'cancelled', status: 487, reasons });
  }

  #receive(request: SipRequest, response: SipResponse): void {
    this.#isHeard = true;
    if (response.status < 200) this.#progress(request, response);
    else if (response.status < 300) this.#succeed(request, response);
    else if (this.state === 'setup' && !this.#retry(request, response)) this.#refused(response);
  }

  #progress(request: SipRequest, response: SipResponse): void {
    this.#hasProvisional = true;
    if (this.#cancel) return this.#sendCancel();
    if (this.state !== 'setup' || response.status === 100) return;
    if (toTagOf(response) !== this.remoteTag) this.#open(request, response);
    this.core.guard('provisional', () => this.handlers.provisional?.(response));
  }

  #open(request: SipRequest, response: SipResponse): void {
    const { core } = this;
    const dialog = dialogOfResponse(request, response);
    if (!dialog) return;
    const { contactUser } = this.#options;
    const channel = new DialogChannel({
      core,
      dialog,
      peer: this.peer,
      contactUser,
      digest: this.#digest,
      staysAtPeer: this.#staysAtPeer,
    });
    // §13.2.2.4: the ACK carries the INVITE's credentials.
    channel.credentials = this.#extra.filter((header) => header.name.endsWith('Authorization'));
    this.openChannel = channel;
  }

  #succeed(request: SipRequest, response: SipResponse): void {
    if (this.openChannel?.repeatAck(response)) return;
    if (this.state === 'established' && toTagOf(response) === this.remoteTag) return;
    if (this.state !== 'setup') return this.#dismiss(request, response);
    // §13.2.2.4: the 2xx decides the route set anew.
    this.#open(request, response);
    if (!this.openChannel) return this.#refused(response);
    this.establish();
    this.usage.learnFrom(response);
    this.usage.restartTimer(agreedSessionTimer(response));
    this.keepToAcknowledge(response);
    if (this.#cancel || (this.#options.autoAck ?? true)) this.acknowledge();
    if (!this.#cancel) this.core.guard('accepted', () => this.handlers.accepted?.(response));
    else this.#hangUpCancelled();
  }

  /** The 2xx crossed our CANCEL. */
  #hangUpCancelled(): void {
    const reason = this.#cancel?.reason;
    const headers = reason ? [reasonHeader(reason)] : [];
    this.openChannel?.request('BYE', { headers }, { response: () => {}, timedOut: () => {}, failed: () => {} });
    this.#endCancelled();
  }

  /** A second phone answered the same INVITE, or one answered too late: acknowledge and end (§13.2.2.4). */
  #dismiss(request: SipRequest, response: SipResponse): void {
    const dialog = dialogOfResponse(request, response);
    if (!dialog) return;
    const { transactions } = this.core;
    const channel = new DialogChannel({
      core: this.core,
      dialog,
      peer: this.#firstPeer,
      contactUser: undefined,
      digest: undefined,
      staysAtPeer: this.#staysAtPeer,
    });
    const ack = dialogAck(dialog, cseqOf(response)?.number ?? 0, { headers: [] });
    transactions.send(transactions.withVia(ack, channel.destination), channel.destination).catch(() => {});
    const bye = dialogRequest(dialog, 'BYE', { headers: [] }).request;
    transactions.request(bye, channel.destination, { response: () => {}, timedOut: () => {}, failed: () => {} });
  }

  /** Whether the refusal was one that another INVITE may overcome: a challenge or a too short interval. */
  #retry(request: SipRequest, response: SipResponse): boolean {
    if (this.#cancel) return false;
    const next = (cseqOf(request)?.number ?? 1) + 1;
    const isChallenge = response.status === 401 || response.status === 407;
    if (isChallenge && !this.#hasRetried.challenge) {
      const answer = this.#digest?.answer(response, 'INVITE', request.uri);
      if (!answer) return false;
      this.#hasRetried.challenge = true;
      this.#extra = [...this.#extra, answer];
      this.start(next);
      return true;
    }
    // RFC 4028 §7.3
    const minimum = headerValue(response, 'Min-SE');
    if (response.status !== 422 || minimum === undefined || this.#hasRetried.interval) return false;
    this.#hasRetried.interval = true;
    // The challenge has been answered: a new INVITE needs a new one.
    this.#hasRetried.challenge = false;
    this.#extra = ['Min-SE', 'Session-Expires'].map((name) => ({ name, value: minimum }));
    this.start(next);
    return true;
  }

  #refused(response: SipResponse): void {
    const { status } = response;
    if (this.#cancel) return this.#endCancelled();
    this.end({ by: 'remote', cause: 'rejected', status, response, reasons: reasonsOf(response) });
  }
}
