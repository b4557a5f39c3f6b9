import { hashHex } from '@amtsleitung/base';
import type { RandomSource, Timers } from '@amtsleitung/base';
import { createResponse } from '../messages/create-response.ts';
import type { ResponseContent } from '../messages/create-response.ts';
import { parseMessage } from '../messages/parse-message.ts';
import { printMessage } from '../messages/print-message.ts';
import { sipRequest } from '../messages/sip-message.ts';
import type { Header, SipMessage, SipRequest } from '../messages/sip-message.ts';
import { branchCookie, printVia } from '../messages/via.ts';
import type { Destination, Source } from '../transports/destination.ts';
import type { TransportSet } from '../transports/transport-set.ts';
import type { UnreadableRequest } from '../transports/transport.ts';
import { AnsweredRequests } from './answered-requests.ts';
import type { AnsweredRequest } from './answered-requests.ts';
import { ClientTransaction } from './client-transaction.ts';
import type { ClientTransactionListener } from './client-transaction.ts';
import { responseDestination } from './response-destination.ts';
import { ServerTransaction } from './server-transaction.ts';
import { clientKey, clientKeyOf, mergeKey, serverKey } from './transaction-key.ts';

/** The layer above: what it is asked and told. */
export interface TransactionUser {
  /** Before any state, never for ACK, CANCEL or a repeated request: `pass`, `drop`, or a stateless answer. */
  screen(request: SipRequest, source: Source): 'pass' | 'drop' | ({ readonly status: number } & ResponseContent);
  request(transaction: ServerTransaction): void;
  /** A CANCEL that matches `invite`. */
  cancel(transaction: ServerTransaction, invite: ServerTransaction): void;
  /** An ACK for a 2xx. */
  ack(ack: SipRequest, source: Source): void;
}

export interface TransactionLayerOptions {
  readonly transports: TransportSet;
  readonly timers: Timers;
  readonly random: RandomSource;
  /** Transactions alive at once; requests beyond get a stateless 503. */
  readonly maximum: number;
  readonly user: TransactionUser;
}

/** A request on its way: the transaction that carries it now. */
export interface SentRequest {
  readonly transaction: ClientTransaction;
}

/** RFC 3261 §18.1.1: within 200 bytes of an MTU of 1500. */
const congestionSafeBytes = 1_300;

/** Matches messages to transactions, RFC 3261 §17, and makes new ones. */
export class TransactionLayer {
  readonly #options: TransactionLayerOptions;
  readonly #clients = new Map<string, ClientTransaction>();
  readonly #servers = new Map<string, ServerTransaction>();
  readonly #answered: AnsweredRequests;
  /** Requests outside dialogs, to recognise copies (§8.2.2.2). */
  readonly #merge = new Map<string, ServerTransaction>();
  readonly #tagSecret: string;

  constructor(options: TransactionLayerOptions) {
    this.#options = options;
    this.#answered = new AnsweredRequests(options.timers);
    this.#tagSecret = Buffer.from(options.random.bytes(16)).toString('hex');
  }

  /** Transactions alive; requests that are answered and only remembered do not count. */
  get size(): number {
    return this.#clients.size + this.#servers.size;
  }

  receive(message: SipMessage, source: Source): void {
    if (message.kind === 'response') this.#clients.get(clientKeyOf(message))?.receive(message);
    else if (message.method === 'ACK') this.#receiveAck(message, source);
    else this.#receiveRequest(message, source);
  }

  /** Answers what could not be read. */
  refuse(broken: UnreadableRequest, source: Source): void {
    this.#answerStatelessly(broken.request, source, { status: broken.status, reason: broken.reason });
  }

  #receiveAck(ack: SipRequest, source: Source): void {
    const transaction = this.#servers.get(serverKey(ack));
    if (transaction) transaction.acknowledge(ack, () => this.#options.user.ack(ack, source));
    else this.#options.user.ack(ack, source);
  }

  #receiveRequest(request: SipRequest, source: Source): void {
    const key = serverKey(request);
    const known = this.#servers.get(key);
    if (known) return known.repeat();
    const answered = this.#answered.get(key);
    if (answered) return this.#repeat(answered);
    const { user, maximum } = this.#options;
    const invite = request.method === 'CANCEL' ? this.#servers.get(serverKey(request, 'INVITE')) : undefined;
    const late = request.method === 'CANCEL' && !invite ? this.#answered.get(serverKey(request, 'INVITE')) : undefined;
    // RFC 3261 §9.2: the INVITE was answered long ago, which a CANCEL does not change.
    if (late) return this.#answerStatelessly(request, source, { status: 200, toTag: late.toTag });
    // RFC 3261 §9.2: nothing to cancel.
    if (request.method === 'CANCEL' && !invite) return this.#answerStatelessly(request, source, { status: 481 });
    const verdict = invite ? 'pass' : user.screen(request, source);
    if (verdict === 'drop') return;
    if (verdict !== 'pass') return this.#answerStatelessly(request, source, verdict);
    // Room is kept for what ends calls.
    if (this.size >= maximum && !invite) {
      return this.#answerStatelessly(request, source, { status: 503, headers: [{ name: 'Retry-After', value: '5' }] });
    }
    this.#open(key, request, source, invite);
  }

  #open(key: string, request: SipRequest, source: Source, invite: ServerTransaction | undefined): void {
    const merge = mergeKey(request);
    const transaction = new ServerTransaction({
      request,
      source,
      timers: this.#options.timers,
      send: (message, destination) => this.#options.transports.send(message, destination),
      terminated: () => {
        this.#servers.delete(key);
        this.#answered.forget(key);
        if (merge !== undefined && this.#merge.get(merge) === transaction) this.#merge.delete(merge);
      },
      settled: (answer) => {
        // Without its request, its timers and its listeners: those were many times as large.
        if (this.#servers.get(key) !== transaction) return;
        this.#servers.delete(key);
        const isFirst = merge !== undefined && this.#merge.get(merge) === transaction;
        if (isFirst) this.#merge.delete(merge);
        this.#answered.add({
          key,
          merge: isFirst ? merge : undefined,
          answer: answer && { bytes: printMessage(answer.response), destination: answer.destination },
          toTag: transaction.listener.toTag,
        });
      },
    });
    this.#servers.set(key, transaction);
    if (invite) return this.#options.user.cancel(transaction, invite);
    if (merge !== undefined) {
      // §8.2.2.2: the same request came on another way, too.
      if (this.#merge.has(merge) || this.#answered.hasMerge(merge))
        return transaction.respond(createResponse(request, 482, { toTag: this.#newToken() }));
      this.#merge.set(merge, transaction);
    }
    this.#options.user.request(transaction);
  }

  #repeat({ answer }: AnsweredRequest): void {
    const printed = answer && parseMessage(answer.bytes);
    if (printed?.kind === 'message') this.send(printed.message, answer!.destination).catch(() => {});
  }

  /** RFC 3261 §8.2.7: the To tag must come out the same for a repeated request, without remembering it. */
  #answerStatelessly(request: SipRequest, source: Source, answer: { readonly status: number } & ResponseContent): void {
    const toTag = hashHex('sha256', `${this.#tagSecret}|${serverKey(request)}`).slice(0, 16);
    const response = createResponse(request, answer.status, { toTag, ...answer });
    this.send(response, responseDestination(request, source)).catch(() => {});
  }

  /**
   * Sends `request` (without Via) as a client transaction. Over 1300 bytes it tries TCP where the peer is known to
   * take it, and falls back to UDP (§18.1.1).
   */
  request(request: SipRequest, destination: Destination, listener: ClientTransactionListener): SentRequest {
    const isSplit = destination.transport === 'udp' && destination.alsoTcp === true;
    if (!isSplit || printMessage(request).length <= congestionSafeBytes) {
      return { transaction: this.#begin(this.withVia(request, destination), destination, listener) };
    }
    const overTcp: Destination = { ...destination, transport: 'tcp' };
    let hasAnswered = false;
    const transaction = this.#begin(this.withVia(request, overTcp), overTcp, {
      response: (response) => {
        hasAnswered = true;
        listener.response(response);
      },
      timedOut: () => listener.timedOut(),
      failed: () => {
        if (hasAnswered) listener.failed();
        else sent.transaction = this.#begin(this.withVia(request, destination), destination, listener);
      },
    });
    const sent = { transaction };
    return sent;
  }

  /** CANCEL of a running INVITE; its own answer is of no interest (§9.1). */
  cancel(invite: ClientTransaction, headers: readonly Header[]): void {
    const ignored = { response: () => {}, timedOut: () => {}, failed: () => {} };
    this.#begin(invite.cancelRequest(headers), invite.destination, ignored);
  }

  #begin(request: SipRequest, destination: Destination, listener: ClientTransactionListener): ClientTransaction {
    const branch = /;branch=([^;]+)/.exec(request.headers[0]?.value ?? '')?.[1] ?? '';
    const key = clientKey(branch, request.method);
    const transaction = new ClientTransaction({
      request,
      destination,
      timers: this.#options.timers,
      send: (message, to) => this.#options.transports.send(message, to),
      listener,
      terminated: () => this.#clients.delete(key),
    });
    if (this.#clients.size >= this.#options.maximum) {
      void Promise.resolve().then(() => listener.failed());
      return transaction;
    }
    this.#clients.set(key, transaction);
    transaction.start();
    return transaction;
  }

  /** `request` with our Via on top; an ACK for a 2xx is sent so, without a transaction (§13.2.2.4). */
  withVia(request: SipRequest, destination: Destination): SipRequest {
    const transport = this.#options.transports.for(destination);
    const sentBy = transport?.localAddress(destination) ?? { host: 'invalid.invalid', port: 5060 };
    const parameters = new Map([
      ['branch', `${branchCookie}${this.#newToken()}`],
      ['rport', undefined],
    ]);
    const via = printVia({ transport: transport?.viaName(destination) ?? 'UDP', ...sentBy, parameters });
    return sipRequest(request.method, request.uri, [{ name: 'Via', value: via }, ...request.headers], request.body);
  }

  send(message: SipMessage, destination: Destination): Promise<void> {
    return this.#options.transports.send(message, destination);
  }

  /** Fails what waits for answers over a connection that is gone. */
  flowClosed(flowId: string): void {
    const onFlow = (destination: Destination) => destination.flowId === flowId;
    for (const client of [...this.#clients.values()]) if (onFlow(client.destination)) client.transportFailed();
    for (const server of [...this.#servers.values()]) if (onFlow(server.source)) server.flowClosed();
  }

  #newToken(): string {
    return Buffer.from(this.#options.random.bytes(12)).toString('hex');
  }
}
