import type { Timer } from '@amtsleitung/base';
import { createResponse } from '../messages/create-response.ts';
import { withoutHeader } from '../messages/header-access.ts';
import type { Header, SipRequest, SipResponse } from '../messages/sip-message.ts';
import { transactionTimeout } from '../transactions/timer-values.ts';
import type { Destination } from '../transports/destination.ts';
import type { DigestClient } from './digest-client.ts';
import { buildRequest } from './outgoing-request-builder.ts';
import { destinationsOf, digestOf } from './request-options.ts';
import type { UserAgentCore } from './user-agent-core.ts';
import type { OutOfDialogOptions } from './user-agent-options.ts';

/** A challenge, one of a proxy behind the first, and one more for a nonce that went stale meanwhile. */
const maximumChallenges = 3;

/** One request outside a dialog with its credentials; resolves with the final response, never rejects. */
export function sendOutOfDialog(core: UserAgentCore, options: OutOfDialogOptions): Promise<SipResponse> {
  return new Promise((resolve) => new OutOfDialogRequest(core, options, resolve).begin());
}

class OutOfDialogRequest {
  readonly #core: UserAgentCore;
  readonly #options: OutOfDialogOptions;
  readonly #resolve: (response: SipResponse) => void;
  readonly #digest: DigestClient | undefined;
  readonly #destinations: readonly Destination[];
  readonly #callId: string;
  readonly #fromTag: string;
  #cseq: number;
  #place = 0;
  #challenges = 0;
  #authorization: readonly Header[] = [];
  /** What else the owner says to the challenge. */
  #answering: readonly Header[] = [];

  constructor(core: UserAgentCore, options: OutOfDialogOptions, resolve: (response: SipResponse) => void) {
    this.#core = core;
    this.#options = options;
    this.#resolve = resolve;
    this.#digest = digestOf(options, core.random);
    this.#destinations = destinationsOf(options);
    this.#callId = options.callId ?? core.newTag();
    this.#fromTag = options.fromTag ?? core.newTag();
    this.#cseq = options.cseq ?? 1;
  }

  begin(): void {
    const preempted = this.#digest?.preempt(this.#signed);
    if (preempted) this.#authorization = [preempted];
    this.#send();
  }

  get #signed() {
    const { method, requestUri: uri, body } = this.#options;
    return { method, uri, ...(body ? { body: body.content } : {}) };
  }

  #send(): void {
    const destination = this.#destinations[this.#place]!;
    const request = this.#build(destination);
    let isOver = false;
    /** Runs the last news of this try, and only that. */
    const settle = (run: () => void) => {
      patience?.cancel();
      if (isOver) return;
      isOver = true;
      run();
    };
    const { giveUpMilliseconds = transactionTimeout } = this.#options;
    const giveUp = () => {
      sent.transaction.abandon();
      settle(() => this.#failed(request, 408));
    };
    const isHasty = giveUpMilliseconds < transactionTimeout;
    const patience: Timer | undefined = isHasty ? this.#core.timers.after(giveUpMilliseconds, giveUp) : undefined;
    const sent = this.#core.transactions.request(request, destination, {
      response: (response) => {
        patience?.cancel();
        if (response.status >= 200) settle(() => this.#receive(response));
      },
      // RFC 3261 §8.1.3.1
      timedOut: () => settle(() => this.#failed(request, 408)),
      failed: () => settle(() => this.#failed(request, 503)),
    });
  }

  #build(destination: Destination): SipRequest {
    const { method, contactUser } = this.#options;
    const tellsCapabilities = method === 'OPTIONS' || method === 'REGISTER';
    const own = [...(tellsCapabilities ? this.#core.capabilities : []), ...this.#authorization, ...this.#answering];
    const contact = this.#core.contactFor(destination, contactUser);
    const identity = { method, callId: this.#callId, fromTag: this.#fromTag, cseq: this.#cseq, contact };
    return buildRequest(this.#options, identity, own);
  }

  #receive(response: SipResponse): void {
    const { status } = response;
    if (status === 503 && this.#tryNext()) return;
    this.#digest?.learn(response);
    const answer = status === 401 || status === 407 ? this.#answer(response) : undefined;
    if (!answer) return this.#resolve(response);
    this.#challenges++;
    this.#authorization = [...withoutHeader(this.#authorization, answer.name), answer];
    this.#answering = this.#options.answering?.(response) ?? [];
    this.#cseq++;
    this.#send();
  }

  #answer(response: SipResponse): Header | undefined {
    const name = response.status === 407 ? 'Proxy-Authorization' : 'Authorization';
    // The same credentials again would be refused again, unless it was only their nonce.
    const isNew =
      this.#challenges === 0 || !this.#authorization.some((header) => header.name === name) || isStale(response);
    return isNew && this.#challenges < maximumChallenges ? this.#digest?.answer(response, this.#signed) : undefined;
  }

  #failed(request: SipRequest, status: 408 | 503): void {
    if (!this.#tryNext()) this.#resolve(createResponse(request, status));
  }

  /** RFC 3263 §4.3 */
  #tryNext(): boolean {
    if (this.#place + 1 >= this.#destinations.length) return false;
    this.#place++;
    // A nonce is of no use elsewhere.
    this.#authorization = [];
    this.#answering = [];
    this.#challenges = 0;
    this.#send();
    return true;
  }
}

function isStale(response: SipResponse): boolean {
  return response.headers.some(
    (header) => /-authenticate$/i.test(header.name) && /stale\s*=\s*"?true/i.test(header.value),
  );
}
