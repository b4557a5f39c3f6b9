import { headerValue } from '../messages/header-access.ts';
import type { Body } from '../messages/body.ts';
import { cseqOf } from '../messages/message-fields.ts';
import { rackHeader, reliableSequenceOf } from '../messages/rack.ts';
import type { Header, SipResponse } from '../messages/sip-message.ts';
import { parseNumber } from '../messages/token.ts';
import { glareDelay } from '../dialogs/offer-turn.ts';
import { followsReliably } from '../dialogs/reliable-machine.ts';
import { agreedSessionTimer } from '../dialogs/session-timer.ts';
import type { ReofferResult } from './session.ts';
import type { SessionUsage } from './session-usage.ts';

const maximumAttempts = 5;
/** RFC 3261 §14.2, RFC 3311 §5.2: what a 500 of a busy far side asks for at most. */
const longestRetryAfter = 10;

export interface ReofferRequest {
  /** UPDATE needs an offer, and works before the call is answered. */
  readonly method: 'INVITE' | 'UPDATE';
  readonly body: Body | undefined;
  readonly headers: readonly Header[];
}

/**
 * Our re-INVITE or UPDATE, RFC 3261 §14.1, RFC 3311 §5.1. Waits and tries again after 491, and after 500 with
 * Retry-After. A 2xx with an answer is acknowledged here; after an offerless re-INVITE the owner's `acknowledge` brings
 * the answer.
 */
export function sendReoffer(usage: SessionUsage, request: ReofferRequest): Promise<ReofferResult> {
  return new Promise((resolve) => new Attempts(usage, request, resolve).next());
}

class Attempts {
  readonly #usage: SessionUsage;
  readonly #request: ReofferRequest;
  readonly #resolve: (result: ReofferResult) => void;
  #count = 0;
  /** RSeq of the last reliable provisional answer. */
  #sequence: number | undefined;

  constructor(usage: SessionUsage, request: ReofferRequest, resolve: (result: ReofferResult) => void) {
    this.#usage = usage;
    this.#request = request;
    this.#resolve = resolve;
  }

  next(): void {
    const usage = this.#usage;
    const { method, body, headers } = this.#request;
    this.#count++;
    const isOpen = usage.state === 'established' || (method === 'UPDATE' && usage.state === 'setup' && usage.hasDialog);
    if (!isOpen) return this.#resolve({ accepted: false, status: 481 });
    if (usage.turn !== 'none') return this.#later(this.#glareDelay());
    usage.turn = 'local';
    this.#sequence = undefined;
    const own = usage.capabilities.filter((one) => one.name !== 'Contact');
    usage.channel.request(
      method,
      { headers: [...own, ...headers], body },
      {
        response: (response) => {
          if (response.status < 200) return this.#progress(response);
          if (response.status < 300) return this.#accepted(response);
          usage.turn = 'none';
          this.#refused(response);
        },
        timedOut: () => this.#failed(408),
        failed: () => this.#failed(503),
      },
    );
  }

  /** RFC 3262 §4: a reliable provisional answer to a re-INVITE wants its PRACK, too. */
  #progress(response: SipResponse): void {
    const { core, channel } = this.#usage;
    const rseq = core.supported.includes('100rel') ? reliableSequenceOf(response) : undefined;
    if (rseq === undefined || !followsReliably(this.#sequence, rseq)) return;
    this.#sequence = rseq;
    const rack = rackHeader({ rseq, cseq: cseqOf(response)?.number ?? 0, method: 'INVITE' });
    channel.request('PRACK', { headers: [rack] }, { response: () => {}, timedOut: () => {}, failed: () => {} });
  }

  #accepted(response: SipResponse): void {
    const usage = this.#usage;
    const { method, body } = this.#request;
    // §13.2.2.4: a repeated 2xx wants its ACK again, nothing else.
    if (method === 'INVITE' && usage.channel.repeatAck(response)) return;
    usage.learnFrom(response);
    usage.restartTimer(agreedSessionTimer(response));
    if (body) {
      usage.localBody = body;
      usage.turn = 'none';
      if (method === 'INVITE') usage.channel.acknowledge(response);
    }
    this.#resolve({ accepted: true, response });
  }

  #refused(response: SipResponse): void {
    const { status } = response;
    if (status === 491) return this.#later(this.#glareDelay(), response);
    const retryAfter = parseNumber(headerValue(response, 'Retry-After')?.trim() ?? '', longestRetryAfter);
    if (status === 500 && retryAfter !== undefined) return this.#later(retryAfter * 1_000, response);
    // §12.2.1.2: the far side knows the dialog no more, or is silent.
    if (status === 408 || status === 481) this.#usage.bye();
    this.#resolve({ accepted: false, status, response });
  }

  #failed(status: 408 | 503): void {
    this.#usage.turn = 'none';
    if (status === 408) this.#usage.bye();
    this.#resolve({ accepted: false, status });
  }

  #later(milliseconds: number, response?: SipResponse): void {
    const status = response?.status ?? 491;
    if (this.#count >= maximumAttempts) {
      return this.#resolve({ accepted: false, status, ...(response ? { response } : {}) });
    }
    this.#usage.core.timers.after(milliseconds, () => this.next());
  }

  #glareDelay(): number {
    return glareDelay(this.#usage.isOwner, this.#usage.core.random.integer(1_000) / 1_000);
  }
}
