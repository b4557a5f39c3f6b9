import type { Timers } from '@amtsleitung/base';
import type { SipMessage, SipRequest, SipResponse } from '../messages/sip-message.ts';
import type { Destination, Source } from '../transports/destination.ts';
import { inviteServerStart, nextInviteServer } from './invite-server-machine.ts';
import type { InviteServerInput, InviteServerState } from './invite-server-machine.ts';
import { MachineRunner } from './machine-runner.ts';
import type { EffectPerformer } from './machine-runner.ts';
import { nextNonInviteServer, nonInviteServerStart } from './non-invite-server-machine.ts';
import type { NonInviteServerInput, NonInviteServerState } from './non-invite-server-machine.ts';
import { responseDestination, responseFallback } from './response-destination.ts';

export interface ServerTransactionOptions {
  readonly request: SipRequest;
  readonly source: Source;
  readonly timers: Timers;
  readonly send: (message: SipMessage, destination: Destination) => Promise<void>;
  readonly terminated: () => void;
  /** Only repetitions of the request can follow. With an answer it is to be given again, else they are absorbed. */
  readonly settled: (answer?: { readonly response: SipResponse; readonly destination: Destination }) => void;
}

/** What the owner of a server transaction wants to hear. */
export interface ServerTransactionListener {
  /** Of its answers; the one to a CANCEL bears the same (§9.2). */
  readonly toTag?: string;
  /** The final answer of 300 or above was never acknowledged; nothing is to be done but to forget. */
  timedOut?(): void;
  failed?(): void;
  /** A CANCEL for this INVITE came before its final answer (§9.2). */
  cancelled?(cancel: SipRequest): void;
}

type ServerInput =
  | { readonly kind: 'request' }
  | { readonly kind: 'ack' }
  | { readonly kind: 'transport-error' }
  | { readonly kind: 'respond'; readonly status: number };

/** One received request and its responses, RFC 3261 §17.2. */
export class ServerTransaction {
  readonly request: SipRequest;
  readonly source: Source;
  listener: ServerTransactionListener = {};
  readonly #options: ServerTransactionOptions;
  readonly #destination: Destination;
  readonly #fallback: Destination | undefined;
  readonly #runner: { take(input: ServerInput, message?: SipMessage): void; rest(): void };
  #lastResponse: SipResponse | undefined;
  #ackHandler: ((ack: SipRequest) => void) | undefined;

  constructor(options: ServerTransactionOptions) {
    this.request = options.request;
    this.source = options.source;
    this.#options = options;
    this.#destination = responseDestination(options.request, options.source);
    this.#fallback = responseFallback(options.request, options.source);
    this.#runner = options.request.method === 'INVITE' ? this.#inviteMachine() : this.#nonInviteMachine();
  }

  /** The status last sent; undefined before the first. */
  get lastStatus(): number | undefined {
    return this.#lastResponse?.status;
  }

  get hasFinalResponse(): boolean {
    return (this.lastStatus ?? 0) >= 200;
  }

  /** Sends a response. After a final one only the same 2xx may follow (RFC 6026 §7.1); others are ignored. */
  respond(response: SipResponse): void {
    if (this.hasFinalResponse && response !== this.#lastResponse) return;
    this.#lastResponse = response;
    this.#runner.take({ kind: 'respond', status: response.status });
    const isRepeatable = this.request.method !== 'INVITE' && this.source.transport === 'udp';
    if (isRepeatable && response.status >= 200) this.#settle({ response, destination: this.#destination });
  }

  /** The ACK for its 2xx has come: the dialog repeats it no more (RFC 6026 §7.1). */
  successAcknowledged(): void {
    this.#settle();
  }

  /** The request came again. */
  repeat(): void {
    this.#runner.take({ kind: 'request' });
  }

  /** An ACK with this transaction's key. `onDialogAck` takes it when it acknowledges a 2xx. */
  acknowledge(ack: SipRequest, onDialogAck: (ack: SipRequest) => void): void {
    this.#ackHandler = onDialogAck;
    this.#runner.take({ kind: 'ack' }, ack);
  }

  transportFailed(): void {
    this.#runner.take({ kind: 'transport-error' });
  }

  /** Its connection is gone. The last answer once more shows whether there is another way (RFC 3261 §18.2.2). */
  flowClosed(): void {
    if (this.#fallback) this.#send();
    else this.transportFailed();
  }

  #settle(answer?: Parameters<ServerTransactionOptions['settled']>[0]): void {
    this.#runner.rest();
    this.#options.settled(answer);
  }

  #inviteMachine() {
    return new MachineRunner<InviteServerState, InviteServerInput>({
      state: inviteServerStart(this.source.transport !== 'udp'),
      next: nextInviteServer,
      timerInput: (timer) => ({ kind: 'timer', timer }),
      timers: this.#options.timers,
      performer: this.#performer(),
    });
  }

  #nonInviteMachine() {
    const runner = new MachineRunner<NonInviteServerState, NonInviteServerInput>({
      state: nonInviteServerStart(this.source.transport !== 'udp'),
      next: nextNonInviteServer,
      timerInput: (timer) => ({ kind: 'timer', timer }),
      timers: this.#options.timers,
      performer: this.#performer(),
    });
    return {
      take: (input: ServerInput, message?: SipMessage) => {
        if (input.kind !== 'ack') runner.take(input, message);
      },
      rest: () => runner.rest(),
    };
  }

  #performer(): EffectPerformer {
    return {
      send: () => this.#send(),
      deliver: (message) => this.#ackHandler?.(message as SipRequest),
      timedOut: () => this.listener.timedOut?.(),
      failed: () => this.listener.failed?.(),
      terminated: () => this.#options.terminated(),
    };
  }

  #send(): void {
    const [response, fallback, { send }] = [this.#lastResponse, this.#fallback, this.#options];
    if (!response) return;
    const sent = send(response, this.#destination);
    (fallback ? sent.catch(() => send(response, fallback)) : sent).catch(() => this.transportFailed());
  }
}
