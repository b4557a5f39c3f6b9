import type { Timer, Timers } from '@amtsleitung/base';
import type { Header, SipRequest, SipResponse } from '../messages/sip-message.ts';
import type { RAck } from '../messages/rack.ts';
import { cseqOf } from '../messages/message-fields.ts';
import { nextReliable, reliableStart } from '../dialogs/reliable-machine.ts';
import type { ReliableInput, ReliableState } from '../dialogs/reliable-machine.ts';

/** More provisional answers than this are not kept while one is unacknowledged; the oldest is left out. */
const maximumWaiting = 8;

/** A provisional answer to be sent reliably. */
export interface ReliableProvisional {
  readonly make: (headers: readonly Header[]) => SipResponse;
  readonly hasDescription: boolean;
}

export interface ReliableProvisionalsOptions {
  readonly invite: SipRequest;
  /** First RSeq, RFC 3262 §3. */
  readonly firstSequence: number;
  readonly timers: Timers;
  readonly send: (response: SipResponse) => void;
  /** No PRACK in 64·T1. */
  readonly giveUp: () => void;
}

interface Outstanding {
  readonly sequence: number;
  readonly response: SipResponse;
  readonly hasDescription: boolean;
  state: ReliableState;
  timer: Timer | undefined;
}

/** Our reliable provisional answers to one INVITE, one unacknowledged at a time, RFC 3262 §3. */
export class ReliableProvisionals {
  readonly #options: ReliableProvisionalsOptions;
  #sequence: number;
  #outstanding: Outstanding | undefined;
  #waiting: ReliableProvisional[] = [];
  #afterDescription: (() => void) | undefined;

  constructor(options: ReliableProvisionalsOptions) {
    this.#options = options;
    this.#sequence = options.firstSequence;
  }

  send(provisional: ReliableProvisional): void {
    if (this.#outstanding?.state.phase !== 'waiting') return this.#begin(provisional);
    this.#waiting.push(provisional);
    if (this.#waiting.length <= maximumWaiting) return;
    const dispensable = this.#waiting.findIndex((one) => !one.hasDescription);
    this.#waiting.splice(Math.max(0, dispensable), 1);
  }

  /** Whether a 2xx has to wait (§3): a session description is not acknowledged. `then` runs once it is. */
  holdsSuccess(then: () => void): boolean {
    const isOpen = this.#outstanding?.state.phase === 'waiting' && this.#outstanding.hasDescription;
    if (!isOpen && !this.#waiting.some((one) => one.hasDescription)) return false;
    this.#afterDescription = then;
    return true;
  }

  /** What a PRACK acknowledges; undefined when nothing (to be answered with 481). */
  acknowledge(rack: RAck): { readonly response: SipResponse } | undefined {
    const current = this.#outstanding;
    const isMeant =
      current?.sequence === rack.rseq && rack.cseq === cseqOf(this.#options.invite)?.number && rack.method === 'INVITE';
    if (!current || !isMeant || current.state.phase === 'acknowledged') return undefined;
    this.#take(current, 'prack');
    return { response: current.response };
  }

  /** After the PRACK has been answered: what waited goes on. */
  proceed(): void {
    const next = this.#waiting.shift();
    if (next) return this.#begin(next);
    const resume = this.#afterDescription;
    this.#afterDescription = undefined;
    resume?.();
  }

  /** The final answer goes out: no more repetitions. */
  stop(): void {
    this.#waiting = [];
    this.#afterDescription = undefined;
    if (this.#outstanding) this.#take(this.#outstanding, 'final');
  }

  #begin({ make, hasDescription }: ReliableProvisional): void {
    const sequence = this.#sequence++;
    const headers = [
      { name: 'Require', value: '100rel' },
      { name: 'RSeq', value: String(sequence) },
    ];
    const current = { sequence, response: make(headers), hasDescription, state: reliableStart, timer: undefined };
    this.#outstanding = current;
    this.#arm(current);
    this.#options.send(current.response);
  }

  #arm(current: Outstanding): void {
    current.timer = this.#options.timers.after(current.state.interval, () => this.#take(current, 'timer'));
  }

  #take(current: Outstanding, input: ReliableInput): void {
    const { state, effect } = nextReliable(current.state, input);
    current.state = state;
    if (effect === 'none') return;
    current.timer?.cancel();
    if (effect === 'repeat') {
      this.#arm(current);
      this.#options.send(current.response);
    } else if (effect === 'give-up') this.#options.giveUp();
  }
}
