import type { Body } from '../messages/body.ts';
import { cseqOf, toTagOf } from '../messages/message-fields.ts';
import type { Header, SipRequest, SipResponse } from '../messages/sip-message.ts';
import { dialogAck, dialogRequest, nextHop } from '../dialogs/dialog-request.ts';
import type { DialogState } from '../dialogs/dialog-state.ts';
import type { OfferTurn } from '../dialogs/offer-turn.ts';
import type { ClientTransactionListener } from '../transactions/client-transaction.ts';
import type { Destination, Source } from '../transports/destination.ts';
import type { DigestClient } from './digest-client.ts';
import { withBodyHeaders } from './message-parts.ts';
import { nextHopDestination } from './next-hop-destination.ts';
import type { UserAgentCore } from './user-agent-core.ts';

export interface DialogChannelOptions {
  readonly core: UserAgentCore;
  readonly dialog: DialogState;
  readonly peer: Source;
  readonly contactUser: string | undefined;
  readonly digest: DigestClient | undefined;
  /** Requests go where the peer's messages come from, whatever Contact and Record-Route say. */
  readonly staysAtPeer: boolean;
  /** Whose offer is open; default none. */
  readonly turn?: OfferTurn;
}

interface SentAck {
  readonly message: SipRequest;
  readonly destination: Destination;
}

/** A dialog that can send: holds its state, its peer, and the last ACK for repeated answers. */
export class DialogChannel {
  readonly #options: DialogChannelOptions;
  state: DialogState;
  peer: Source;
  staysAtPeer: boolean;
  turn: OfferTurn;
  /** The answer of the far side that holds its session description. */
  description: SipResponse | undefined;
  /** Of the last INVITE of ours. */
  credentials: readonly Header[] = [];
  #lastAck: { readonly cseq: number; readonly ack: SentAck } | undefined;

  constructor(options: DialogChannelOptions) {
    this.#options = options;
    this.state = options.dialog;
    this.peer = options.peer;
    this.staysAtPeer = options.staysAtPeer;
    this.turn = options.turn ?? 'none';
  }

  get destination(): Destination {
    if (this.staysAtPeer) return this.peer;
    return nextHopDestination(nextHop(this.state), this.peer, (one) => this.#options.core.canReach(one));
  }

  get contact(): Header {
    return { name: 'Contact', value: this.#options.core.contactFor(this.destination, this.#options.contactUser) };
  }

  /** Sends a request; a 401 or 407 is answered once when there are credentials. */
  request(
    method: string,
    parts: { readonly headers?: readonly Header[]; readonly body?: Body | undefined },
    listener: ClientTransactionListener,
  ): void {
    this.#send(method, parts, listener, []);
  }

  #send(
    method: string,
    parts: { readonly headers?: readonly Header[]; readonly body?: Body | undefined },
    listener: ClientTransactionListener,
    authorization: readonly Header[],
  ): void {
    const headers = withBodyHeaders([this.contact, ...authorization, ...(parts.headers ?? [])], parts.body);
    const body = parts.body ? { body: parts.body.content } : {};
    const { request, dialog } = dialogRequest(this.state, method, { headers, ...body });
    this.state = dialog;
    if (method === 'INVITE') this.credentials = authorization;
    this.#options.core.transactions.request(request, this.destination, {
      ...listener,
      response: (response) => {
        const isChallenge = (response.status === 401 || response.status === 407) && authorization.length === 0;
        const answer = isChallenge ? this.#options.digest?.answer(response, request) : undefined;
        if (answer) this.#send(method, parts, listener, [answer]);
        else listener.response(response);
      },
    });
  }

  /** Acknowledges a 2xx to our INVITE and keeps the ACK for repetitions, RFC 3261 §13.2.2.4. */
  acknowledge(success: SipResponse, body?: Body): void {
    const cseq = cseqOf(success)?.number ?? 0;
    const headers = withBodyHeaders(this.credentials, body);
    const ack = dialogAck(this.state, cseq, { headers, ...(body ? { body: body.content } : {}) });
    const { core } = this.#options;
    const destination = this.destination;
    this.#lastAck = { cseq, ack: { message: core.transactions.withVia(ack, destination), destination } };
    this.#sendAck(this.#lastAck.ack);
  }

  /** A 2xx came again: so does its ACK. False when it has not been acknowledged yet. */
  repeatAck(success: SipResponse): boolean {
    const isKnown = this.#lastAck?.cseq === cseqOf(success)?.number && toTagOf(success) === this.state.remoteTag;
    if (isKnown && this.#lastAck) this.#sendAck(this.#lastAck.ack);
    return isKnown;
  }

  #sendAck(ack: SentAck): void {
    // Unreachable: the far side repeats its 2xx, and so do we.
    this.#options.core.transactions.send(ack.message, ack.destination).catch(() => {});
  }
}
