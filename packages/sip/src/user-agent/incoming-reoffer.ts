import type { Timer } from '@amtsleitung/base';
import { sdpOf } from '../messages/body.ts';
import type { Body } from '../messages/body.ts';
import { createResponse } from '../messages/create-response.ts';
import type { Header, SipRequest } from '../messages/sip-message.ts';
import { judgeIncomingOffer } from '../dialogs/offer-turn.ts';
import { answerSessionTimer } from '../dialogs/session-timer.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import { transactionTimeout } from '../transactions/timer-values.ts';
import { responseContent } from './message-parts.ts';
import type { Reoffer, ResponseParts } from './session.ts';
import type { SessionUsage } from './session-usage.ts';

const maximumRetryAfter = 10;

/** A re-INVITE, or an UPDATE with an offer, on its way to the owner and back. RFC 3261 §14.2, RFC 3311 §5.2. */
export class IncomingReoffer implements Reoffer {
  readonly request: SipRequest;
  readonly hasOffer: boolean;
  readonly #usage: SessionUsage;
  readonly #transaction: ServerTransaction;
  readonly #patience: Timer;

  private constructor(usage: SessionUsage, transaction: ServerTransaction) {
    this.request = transaction.request;
    this.hasOffer = sdpOf(transaction.request) !== undefined;
    this.#usage = usage;
    this.#transaction = transaction;
    usage.turn = 'remote';
    transaction.listener = { cancelled: () => this.reject(487) };
    this.#patience = usage.core.timers.after(transactionTimeout, () => this.reject(500));
  }

  /** Refuses it when it may not be now, else asks the owner. */
  static take(usage: SessionUsage, transaction: ServerTransaction): void {
    const { request } = transaction;
    const verdict = judgeIncomingOffer(usage.turn, usage.core.random.integer(maximumRetryAfter + 1));
    if (!verdict.allowed) {
      const { status, retryAfter } = verdict;
      const headers = retryAfter === undefined ? [] : [{ name: 'Retry-After', value: `${retryAfter}` }];
      return transaction.respond(createResponse(request, status, { headers }));
    }
    const reoffer = new IncomingReoffer(usage, transaction);
    const { handlers, core } = usage;
    if (!handlers.reoffer) return reoffer.reject(488);
    if (!core.guard('reoffer', () => handlers.reoffer?.(reoffer))) reoffer.reject(500);
  }

  accept(body: Body, headers: readonly Header[] = []): void {
    if (!this.#settle()) return;
    const { request } = this;
    const usage = this.#usage;
    const isInvite = request.method === 'INVITE';
    usage.learnFrom(request);
    usage.localBody = body;
    const session = answerSessionTimer(request);
    const own = [...usage.capabilities, ...session.headers];
    const response = createResponse(request, 200, responseContent({ headers, body }, own));
    usage.restartTimer(session.timer);
    // A late offer of ours stays open until the ACK brings their answer.
    usage.turn = this.hasOffer ? 'none' : 'remote';
    this.#transaction.respond(response);
    if (isInvite) usage.awaitAck(this.#transaction, () => this.#transaction.respond(response));
  }

  reject(status: number, parts: ResponseParts = {}): void {
    if (!this.#settle()) return;
    this.#usage.turn = 'none';
    this.#transaction.respond(createResponse(this.request, status, responseContent(parts)));
  }

  /** False when it is answered already. */
  #settle(): boolean {
    if (this.#transaction.hasFinalResponse) return false;
    this.#patience.cancel();
    return true;
  }
}
