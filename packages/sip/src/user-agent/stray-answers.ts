import { cseqOf, toTagOf } from '../messages/message-fields.ts';
import type { SipRequest, SipResponse } from '../messages/sip-message.ts';
import { dialogAck, dialogRequest } from '../dialogs/dialog-request.ts';
import { dialogOfResponse } from '../dialogs/dialog-state.ts';
import type { Destination } from '../transports/destination.ts';
import { DialogChannel } from './dialog-channel.ts';
import type { DialogChannelOptions } from './dialog-channel.ts';
import type { UserAgentCore } from './user-agent-core.ts';

interface SentAck {
  readonly message: SipRequest;
  readonly destination: Destination;
}

/** Phones that may answer the same INVITE without being counted any more. */
const maximumAnswers = 64;

/**
 * 2xx answers that are not wanted: of a second phone, or too late. Each is acknowledged, as often as it comes, and its
 * dialog ended by one BYE (RFC 3261 §13.2.2.4).
 */
export class StrayAnswers {
  readonly #options: () => Omit<DialogChannelOptions, 'dialog'>;
  readonly #acks = new Map<string, SentAck>();

  /** `options`: what a channel to the far side is made of now. */
  constructor(options: () => Omit<DialogChannelOptions, 'dialog'>) {
    this.#options = options;
  }

  dismiss(request: SipRequest, response: SipResponse): void {
    const known = this.#acks.get(toTagOf(response));
    if (known) return this.#send(known, this.#options().core);
    const dialog = dialogOfResponse(request, response);
    if (!dialog || this.#acks.size >= maximumAnswers) return;
    const options = this.#options();
    const { transactions } = options.core;
    const { destination } = new DialogChannel({ ...options, dialog });
    const ack = dialogAck(dialog, cseqOf(response)?.number ?? 0, { headers: [] });
    const sent = { message: transactions.withVia(ack, destination), destination };
    this.#acks.set(toTagOf(response), sent);
    this.#send(sent, options.core);
    const bye = dialogRequest(dialog, 'BYE', { headers: [] }).request;
    transactions.request(bye, destination, { response: () => {}, timedOut: () => {}, failed: () => {} });
  }

  #send({ message, destination }: SentAck, core: UserAgentCore): void {
    // Unreachable: the far side repeats its 2xx, and so do we.
    core.transactions.send(message, destination).catch(() => {});
  }
}
