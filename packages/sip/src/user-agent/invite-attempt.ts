import type { Timer } from '@amtsleitung/base';
import type { Header, SipRequest, SipResponse } from '../messages/sip-message.ts';
import type { SentRequest } from '../transactions/transaction-layer.ts';
import { transactionTimeout } from '../transactions/timer-values.ts';
import type { Destination } from '../transports/destination.ts';
import type { UserAgentCore } from './user-agent-core.ts';

export interface InviteAttemptListener {
  response(response: SipResponse): void;
  /** Nothing was heard: 408 in time, 503 when the place cannot be reached (RFC 3261 §8.1.3.1). */
  failed(status: 408 | 503): void;
  /** Our CANCEL was not followed by a final answer (§9.1). */
  cancelled(): void;
  /** A 2xx after we have turned to another place. */
  stray(response: SipResponse): void;
}

export interface InviteAttemptOptions {
  readonly core: UserAgentCore;
  readonly request: SipRequest;
  readonly destination: Destination;
  /** Until any answer; default timer B. */
  readonly giveUpMilliseconds: number | undefined;
  readonly listener: InviteAttemptListener;
}

/** One INVITE to one place. */
export class InviteAttempt {
  readonly #options: InviteAttemptOptions;
  readonly #sent: SentRequest;
  readonly #patience: Timer | undefined;
  #cancel: { readonly headers: readonly Header[]; timer?: Timer } | undefined;
  #hasProvisional = false;
  #isAbandoned = false;

  constructor(options: InviteAttemptOptions) {
    const { core, request, destination, giveUpMilliseconds } = options;
    this.#options = options;
    if (giveUpMilliseconds !== undefined && giveUpMilliseconds < transactionTimeout) {
      this.#patience = core.timers.after(giveUpMilliseconds, () => this.#giveUp());
    }
    this.#sent = core.transactions.request(request, destination, {
      response: (response) => this.#receive(response),
      timedOut: () => this.#fail(408),
      failed: () => this.#fail(503),
    });
  }

  /** CANCEL now, or after the first provisional answer (§9.1): before it the INVITE may not have arrived. */
  cancel(headers: readonly Header[]): void {
    if (this.#cancel) return;
    this.#cancel = { headers };
    if (this.#hasProvisional) this.#sendCancel();
  }

  #receive(response: SipResponse): void {
    this.#patience?.cancel();
    if (response.status < 200) {
      this.#hasProvisional = true;
      if (this.#cancel) this.#sendCancel();
    } else this.#cancel?.timer?.cancel();
    if (!this.#isAbandoned) this.#options.listener.response(response);
    else if (response.status >= 200 && response.status < 300) this.#options.listener.stray(response);
  }

  #fail(status: 408 | 503): void {
    this.#patience?.cancel();
    this.#cancel?.timer?.cancel();
    if (!this.#isAbandoned) this.#options.listener.failed(status);
  }

  /** RFC 3263 §4.3: another place is tried; whatever still comes of this one is undone. */
  #giveUp(): void {
    this.#isAbandoned = true;
    this.#sent.transaction.abandon();
    this.cancel([]);
    this.#options.listener.failed(408);
  }

  #sendCancel(): void {
    const cancel = this.#cancel;
    if (!cancel || cancel.timer) return;
    const { transaction } = this.#sent;
    const { core, listener } = this.#options;
    core.transactions.cancel(transaction, cancel.headers);
    // §9.1: no final answer in 64·T1 means that there will be none.
    cancel.timer = core.timers.after(transactionTimeout, () => {
      this.#isAbandoned = true;
      transaction.transportFailed();
      listener.cancelled();
    });
  }
}
