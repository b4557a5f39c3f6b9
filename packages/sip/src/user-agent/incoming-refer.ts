import type { Timer } from '@amtsleitung/base';
import { textBody } from '../messages/body.ts';
import { createResponse } from '../messages/create-response.ts';
import { headerValue } from '../messages/header-access.ts';
import { cseqOf } from '../messages/message-fields.ts';
import { parseNameAddress } from '../messages/name-address.ts';
import type { SipRequest } from '../messages/sip-message.ts';
import { statusPhrase } from '../messages/status-phrase.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import { transactionTimeout } from '../transactions/timer-values.ts';
import { responseContent } from './message-parts.ts';
import type { Refer, ResponseParts } from './session.ts';
import type { SessionUsage } from './session-usage.ts';

const subscriptionSeconds = 60;

/** A REFER and the subscription it makes, RFC 3515. */
export class IncomingRefer implements Refer {
  readonly request: SipRequest;
  readonly referTo: string;
  readonly #usage: SessionUsage;
  readonly #transaction: ServerTransaction;
  readonly #patience: Timer;
  #subscription: 'none' | 'active' | 'over' = 'none';

  private constructor(usage: SessionUsage, transaction: ServerTransaction, referTo: string) {
    this.request = transaction.request;
    this.referTo = referTo;
    this.#usage = usage;
    this.#transaction = transaction;
    this.#patience = usage.core.timers.after(transactionTimeout, () => this.reject(500));
  }

  static take(usage: SessionUsage, transaction: ServerTransaction): void {
    const { request } = transaction;
    const referTo = parseNameAddress(headerValue(request, 'Refer-To') ?? '')?.uri;
    // RFC 3515 §2.4.2
    if (referTo === undefined) return transaction.respond(createResponse(request, 400));
    const refer = new IncomingRefer(usage, transaction, referTo);
    const { handlers, core } = usage;
    if (!handlers.refer) return refer.reject(603);
    if (!core.guard('refer', () => handlers.refer?.(refer))) refer.reject(500);
  }

  accept(): void {
    if (this.#transaction.hasFinalResponse) return;
    this.#patience.cancel();
    const { contact } = this.#usage.channel;
    this.#transaction.respond(createResponse(this.request, 202, { headers: [contact] }));
    // RFC 4488: the far side may not want to hear how it goes.
    if (headerValue(this.request, 'Refer-Sub')?.toLowerCase() === 'false') return;
    this.#subscription = 'active';
    // RFC 3515 §2.4.4: the first NOTIFY follows at once.
    this.notify(100);
  }

  notify(status: number, reason: string = statusPhrase(status)): void {
    if (this.#subscription !== 'active' || this.#usage.state !== 'established') return;
    const isFinal = status >= 200;
    if (isFinal) this.#subscription = 'over';
    const headers = [
      { name: 'Event', value: `refer;id=${cseqOf(this.request)?.number ?? 0}` },
      {
        name: 'Subscription-State',
        value: isFinal ? 'terminated;reason=noresource' : `active;expires=${subscriptionSeconds}`,
      },
    ];
    const body = textBody('message/sipfrag;version=2.0', `SIP/2.0 ${status} ${reason}\r\n`);
    const ignored = { response: () => {}, timedOut: () => {}, failed: () => {} };
    this.#usage.channel.request('NOTIFY', { headers, body }, ignored);
  }

  reject(status: number, parts: ResponseParts = {}): void {
    if (this.#transaction.hasFinalResponse) return;
    this.#patience.cancel();
    this.#transaction.respond(createResponse(this.request, status, responseContent(parts)));
  }
}
