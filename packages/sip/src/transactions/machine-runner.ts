import type { Timer, Timers } from '@amtsleitung/base';
import type { SipMessage } from '../messages/sip-message.ts';
import type { TransactionEffect, Transition } from './transaction-effect.ts';
import type { TimerName } from './timer-values.ts';

/** What carries out the effects that are not timers. */
export interface EffectPerformer {
  send(): void;
  sendAck?(): void;
  deliver(message: SipMessage): void;
  timedOut(): void;
  failed(): void;
  /** The machine has reached its end; it takes no more input. */
  terminated(): void;
}

export interface MachineRunnerOptions<State, Input> {
  readonly state: State;
  readonly next: (state: State, input: Input) => Transition<State>;
  readonly timerInput: (timer: TimerName) => Input;
  readonly timers: Timers;
  readonly performer: EffectPerformer;
}

/** Feeds a transaction machine and performs its effects. */
export class MachineRunner<State extends { readonly phase: string }, Input> {
  readonly #options: MachineRunnerOptions<State, Input>;
  readonly #running = new Map<TimerName, Timer>();
  #state: State;

  constructor(options: MachineRunnerOptions<State, Input>) {
    this.#options = options;
    this.#state = options.state;
  }

  get state(): State {
    return this.#state;
  }

  /** `message` is what a `deliver` effect hands on. */
  take(input: Input, message?: SipMessage): void {
    if (this.#state.phase === 'terminated') return;
    const { state, effects } = this.#options.next(this.#state, input);
    this.#state = state;
    for (const effect of effects) this.#perform(effect, message);
    if (state.phase === 'terminated' && this.#state === state) {
      this.#stopAll();
      this.#options.performer.terminated();
    }
  }

  /** Time no longer matters to it: somebody else keeps what is left to do. */
  rest(): void {
    this.#stopAll();
  }

  #stopAll(): void {
    for (const timer of this.#running.values()) timer.cancel();
    this.#running.clear();
  }

  #perform(effect: TransactionEffect, message: SipMessage | undefined): void {
    const { performer } = this.#options;
    switch (effect.kind) {
      case 'send':
        return performer.send();
      case 'send-ack':
        return performer.sendAck?.();
      case 'deliver':
        return message && performer.deliver(message);
      case 'timed-out':
        return performer.timedOut();
      case 'failed':
        return performer.failed();
      case 'start-timer':
        return this.#start(effect.timer, effect.milliseconds);
      case 'stop-timer':
        return this.#stop(effect.timer);
    }
  }

  #start(name: TimerName, milliseconds: number): void {
    this.#stop(name);
    const fire = () => {
      this.#running.delete(name);
      this.take(this.#options.timerInput(name));
    };
    this.#running.set(name, this.#options.timers.after(milliseconds, fire));
  }

  #stop(name: TimerName): void {
    this.#running.get(name)?.cancel();
    this.#running.delete(name);
  }
}
