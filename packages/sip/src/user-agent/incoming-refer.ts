import type { Timer } from '@amtsleitung/base';
import { textBody } from '../messages/body.ts';
import { createResponse } from '../messages/create-response.ts';
import { eventOf } from '../messages/event-header.ts';
import { headerValue, headerValues } from '../messages/header-access.ts';
import { cseqOf } from '../messages/message-fields.ts';
import { parseNameAddress } from '../messages/name-address.ts';
import { replacesOfUri, withoutUriHeaders } from '../messages/replaces.ts';
import type { Replaces } from '../messages/replaces.ts';
import type { Header, SipRequest } from '../messages/sip-message.ts';
import { statusPhrase } from '../messages/status-phrase.ts';
import { printSubscriptionState } from '../messages/subscription-state.ts';
import { endsSubscription } from '../dialogs/subscription-machine.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import { transactionTimeout } from '../transactions/timer-values.ts';
import { responseContent } from './message-parts.ts';
import type { Refer, ResponseParts, Session } from './session.ts';
import type { SessionUsage } from './session-usage.ts';

/** Longer than any target rings. */
const subscriptionSeconds = 180;

/** A REFER and the subscription it makes, RFC 3515. */
export class IncomingRefer implements Refer {
  readonly request: SipRequest;
  readonly referTo: string;
  readonly target: string;
  readonly replaces: Replaces | undefined;
  readonly #usage: SessionUsage;
  readonly #transaction: ServerTransaction;
  readonly #patience: Timer;
  #subscription: 'none' | 'active' | 'over' = 'none';
  #expiry: Timer | undefined;
  #endsAt = 0;
  #lastStatus = 100;

  private constructor(usage: SessionUsage, transaction: ServerTransaction, referTo: string) {
    const replaces = replacesOfUri(referTo);
    this.request = transaction.request;
    this.referTo = referTo;
    this.target = withoutUriHeaders(referTo);
    this.replaces = replaces === 'malformed' ? undefined : replaces;
    this.#usage = usage;
    this.#transaction = transaction;
    this.#patience = usage.core.timers.after(transactionTimeout, () => this.reject(500));
  }

  static take(usage: SessionUsage, transaction: ServerTransaction): void {
    const { request } = transaction;
    const values = headerValues(request, 'Refer-To');
    const referTo = values.length === 1 ? parseNameAddress(values[0]!)?.uri : undefined;
    // RFC 3515 §2.4.2: one Refer-To, no more and no less.
    if (referTo === undefined || replacesOfUri(referTo) === 'malformed') {
      return transaction.respond(createResponse(request, 400));
    }
    const refer = new IncomingRefer(usage, transaction, referTo);
    const { handlers, core } = usage;
    if (!handlers.refer) return refer.reject(603);
    if (!core.guard('refer', () => handlers.refer?.(refer))) refer.reject(500);
  }

  get consultation(): Session | undefined {
    const { replaces } = this;
    return replaces && this.#usage.core.session(replaces.callId, replaces.toTag, replaces.fromTag);
  }

  get referredBy(): string | undefined {
    return headerValue(this.request, 'Referred-By');
  }

  accept(): void {
    if (this.#transaction.hasFinalResponse) return;
    this.#patience.cancel();
    // RFC 4488 §4: the far side may not want to hear how it goes.
    const isUnheard = headerValue(this.request, 'Refer-Sub')?.trim().toLowerCase() === 'false';
    const headers: Header[] = [this.#usage.channel.contact];
    if (isUnheard) headers.push({ name: 'Refer-Sub', value: 'false' });
    this.#transaction.respond(createResponse(this.request, 202, { headers }));
    if (isUnheard) return;
    this.#subscription = 'active';
    const { core } = this.#usage;
    this.#endsAt = core.clock.monotonic() + subscriptionSeconds * 1_000;
    this.#expiry = core.timers.after(subscriptionSeconds * 1_000, () => this.#end(this.#lastStatus, 'timeout'));
    this.#usage.refers.add(this);
    // RFC 3515 §2.4.4: the first NOTIFY follows at once.
    this.notify(100);
  }

  notify(status: number, reason: string = statusPhrase(status)): void {
    if (this.#subscription !== 'active') return;
    this.#lastStatus = status;
    if (status >= 200) return this.#end(status, 'noresource', reason);
    const left = Math.max(0, Math.round((this.#endsAt - this.#usage.core.clock.monotonic()) / 1_000));
    this.#send(status, reason, printSubscriptionState({ state: 'active', expires: left }));
  }

  reject(status: number, parts: ResponseParts = {}): void {
    if (this.#transaction.hasFinalResponse) return;
    this.#patience.cancel();
    this.#transaction.respond(createResponse(this.request, status, responseContent(parts)));
  }

  /** A SUBSCRIBE inside the session: RFC 3515 §2.4.4 lets the far side end this subscription. False: not meant. */
  takeSubscribe(transaction: ServerTransaction): boolean {
    const { request } = transaction;
    const event = eventOf(request);
    if (event?.name !== 'refer' || (event.id ?? this.#eventId) !== this.#eventId) return false;
    const left = Math.max(0, Math.round((this.#endsAt - this.#usage.core.clock.monotonic()) / 1_000));
    const isEnd = headerValue(request, 'Expires')?.trim() === '0';
    const headers = [this.#usage.channel.contact, { name: 'Expires', value: isEnd ? '0' : String(left) }];
    transaction.respond(createResponse(request, 200, { headers }));
    if (isEnd) this.#end(this.#lastStatus, 'timeout');
    else this.notify(this.#lastStatus);
    return true;
  }

  /** The session is over, and its dialog with it. */
  forget(): void {
    this.#subscription = 'over';
    this.#expiry?.cancel();
    this.#usage.refers.delete(this);
  }

  get #eventId(): string {
    return String(cseqOf(this.request)?.number ?? 0);
  }

  #end(status: number, why: 'noresource' | 'timeout', reason: string = statusPhrase(status)): void {
    this.forget();
    this.#send(status, reason, printSubscriptionState({ state: 'terminated', reason: why }));
  }

  #send(status: number, reason: string, state: string): void {
    if (this.#usage.state === 'ended') return;
    const headers = [
      { name: 'Event', value: `refer;id=${this.#eventId}` },
      { name: 'Subscription-State', value: state },
    ];
    const body = textBody('message/sipfrag;version=2.0', `SIP/2.0 ${status} ${reason}\r\n`);
    this.#usage.channel.request(
      'NOTIFY',
      { headers, body },
      {
        // RFC 5057 §5.1: this ends the subscription and not the session.
        response: (response) => endsSubscription(response.status) && this.forget(),
        timedOut: () => this.forget(),
        failed: () => this.forget(),
      },
    );
  }
}
