import type { Timer, Timers } from '@amtsleitung/base';
import { nextSuccess, successStart } from '../dialogs/success-machine.ts';
import type { SuccessInput } from '../dialogs/success-machine.ts';

export interface SuccessRepeaterOptions {
  readonly timers: Timers;
  readonly repeat: () => void;
  readonly acknowledged: () => void;
  readonly giveUp: () => void;
}

/** Repeats a 2xx until its ACK, RFC 3261 §13.3.1.4. */
export class SuccessRepeater {
  readonly #options: SuccessRepeaterOptions;
  #state = successStart;
  #timer: Timer;

  constructor(options: SuccessRepeaterOptions) {
    this.#options = options;
    this.#timer = this.#arm();
  }

  acknowledge(): void {
    this.#take('ack');
  }

  #arm(): Timer {
    return this.#options.timers.after(this.#state.interval, () => this.#take('timer'));
  }

  #take(input: SuccessInput): void {
    const { state, effect } = nextSuccess(this.#state, input);
    this.#state = state;
    if (effect === 'none') return;
    this.#timer.cancel();
    if (effect === 'repeat') {
      this.#timer = this.#arm();
      this.#options.repeat();
    } else if (effect === 'acknowledged') this.#options.acknowledged();
    else this.#options.giveUp();
  }
}
