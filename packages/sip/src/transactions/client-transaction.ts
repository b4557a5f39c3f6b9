import type { Timers } from '@amtsleitung/base';
import { headerValue, headerValues } from '../messages/header-access.ts';
import { cseqOf } from '../messages/message-fields.ts';
import { sipRequest } from '../messages/sip-message.ts';
import type { Header, SipMessage, SipRequest, SipResponse } from '../messages/sip-message.ts';
import type { Destination } from '../transports/destination.ts';
import { inviteClientStart, nextInviteClient } from './invite-client-machine.ts';
import type { InviteClientInput, InviteClientState } from './invite-client-machine.ts';
import { MachineRunner } from './machine-runner.ts';
import type { EffectPerformer } from './machine-runner.ts';
import { nextNonInviteClient, nonInviteClientStart } from './non-invite-client-machine.ts';
import type { NonInviteClientInput, NonInviteClientState } from './non-invite-client-machine.ts';

/** What the sender of a request hears. After a final response (except repeated 2xx), `timedOut` or `failed` comes nothing. */
export interface ClientTransactionListener {
  response(response: SipResponse): void;
  /** No final answer in time: to be treated as 408 (RFC 3261 §8.1.3.1). */
  timedOut(): void;
  /** The peer cannot be reached: to be treated as 503. */
  failed(): void;
}

export interface ClientTransactionOptions {
  /** With our Via on top. */
  readonly request: SipRequest;
  readonly destination: Destination;
  readonly timers: Timers;
  readonly send: (message: SipMessage, destination: Destination) => Promise<void>;
  readonly listener: ClientTransactionListener;
  readonly terminated: () => void;
}

type ClientInput =
  { readonly kind: 'start' | 'abandon' | 'transport-error' } | { readonly kind: 'response'; readonly status: number };

/** One sent request and its responses, RFC 3261 §17.1. */
export class ClientTransaction {
  readonly request: SipRequest;
  readonly destination: Destination;
  readonly #options: ClientTransactionOptions;
  readonly #take: (input: ClientInput, message?: SipMessage) => void;
  #lastResponse: SipResponse | undefined;

  constructor(options: ClientTransactionOptions) {
    this.request = options.request;
    this.destination = options.destination;
    this.#options = options;
    this.#take = options.request.method === 'INVITE' ? this.#inviteMachine() : this.#nonInviteMachine();
  }

  start(): void {
    this.#take({ kind: 'start' });
  }

  receive(response: SipResponse): void {
    this.#lastResponse = response;
    this.#take({ kind: 'response', status: response.status }, response);
  }

  /** Stops repeating the request. An INVITE still hears late answers until timer B. */
  abandon(): void {
    this.#take({ kind: 'abandon' });
  }

  transportFailed(): void {
    this.#take({ kind: 'transport-error' });
  }

  /** The CANCEL for this INVITE, RFC 3261 §9.1: same branch, Request-URI, Call-ID, To, From, Route. */
  cancelRequest(extra: readonly Header[]): SipRequest {
    return this.#hopByHop('CANCEL', headerValue(this.request, 'To') ?? '', extra);
  }

  #ackRequest(response: SipResponse): SipRequest {
    // RFC 3261 §17.1.1.3
    return this.#hopByHop('ACK', headerValue(response, 'To') ?? '', []);
  }

  #hopByHop(method: string, to: string, extra: readonly Header[]): SipRequest {
    const { request } = this;
    const copy = (name: string): Header => ({ name, value: headerValue(request, name) ?? '' });
    const routes = headerValues(request, 'Route').map((value) => ({ name: 'Route', value }));
    const cseq = { name: 'CSeq', value: `${cseqOf(request)?.number ?? 0} ${method}` };
    const fixed = [copy('Via'), { name: 'Max-Forwards', value: '70' }, ...routes, copy('From')];
    return sipRequest(method, request.uri, [...fixed, { name: 'To', value: to }, copy('Call-ID'), cseq, ...extra]);
  }

  #inviteMachine(): (input: ClientInput, message?: SipMessage) => void {
    const runner = new MachineRunner<InviteClientState, InviteClientInput>({
      state: inviteClientStart(this.destination.transport !== 'udp'),
      next: nextInviteClient,
      timerInput: (timer) => ({ kind: 'timer', timer }),
      timers: this.#options.timers,
      performer: this.#performer(),
    });
    return (input, message) => runner.take(input, message);
  }

  #nonInviteMachine(): (input: ClientInput, message?: SipMessage) => void {
    const runner = new MachineRunner<NonInviteClientState, NonInviteClientInput>({
      state: nonInviteClientStart(this.destination.transport !== 'udp'),
      next: nextNonInviteClient,
      timerInput: (timer) => ({ kind: 'timer', timer }),
      timers: this.#options.timers,
      performer: this.#performer(),
    });
    return (input, message) => runner.take(input, message);
  }

  #performer(): EffectPerformer {
    const { listener } = this.#options;
    return {
      send: () => this.#send(this.request),
      sendAck: () => this.#lastResponse && this.#send(this.#ackRequest(this.#lastResponse)),
      deliver: (message) => listener.response(message as SipResponse),
      timedOut: () => listener.timedOut(),
      failed: () => listener.failed(),
      terminated: () => this.#options.terminated(),
    };
  }

  #send(message: SipRequest): void {
    this.#options.send(message, this.destination).catch(() => this.transportFailed());
  }
}
