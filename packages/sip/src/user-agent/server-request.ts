import type { Timers } from '@amtsleitung/base';
import { createResponse } from '../messages/create-response.ts';
import type { SipRequest } from '../messages/sip-message.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import { transactionTimeout } from '../transactions/timer-values.ts';
import type { Source } from '../transports/destination.ts';
import { responseContent } from './message-parts.ts';
import type { IncomingRequest, ResponseParts } from './session.ts';

export interface ServerRequestOptions {
  readonly transaction: ServerTransaction;
  readonly timers: Timers;
  /** To tag of the responses, when the request has none. */
  readonly toTag: string;
}

/** A non-INVITE request waiting for its owner's answer. */
export class ServerRequest implements IncomingRequest {
  readonly request: SipRequest;
  readonly source: Source;
  readonly #options: ServerRequestOptions;

  constructor(options: ServerRequestOptions) {
    this.request = options.transaction.request;
    this.source = options.transaction.source;
    this.#options = options;
    const patience = options.timers.after(transactionTimeout, () => this.respond(500));
    this.#cancelPatience = () => patience.cancel();
  }

  readonly #cancelPatience: () => void;

  respond(status: number, parts: ResponseParts = {}): void {
    const { transaction, toTag } = this.#options;
    if (transaction.hasFinalResponse) return;
    if (status >= 200) this.#cancelPatience();
    transaction.respond(createResponse(this.request, status, { toTag, ...responseContent(parts) }));
  }
}
