import type { Timer, Timers } from '@amtsleitung/base';

/** Waits longer after each failure in a row; can be cut short. */
export class BackOff {
  /** Why the last try failed; undefined: it did not. */
  reason: string | undefined;
  readonly #timers: Timers;
  readonly #first: number;
  readonly #longest: number;
  readonly #waiting = new Set<() => void>();
  #next: number;

  constructor(timers: Timers, first: number, longest: number) {
    this.#timers = timers;
    this.#first = first;
    this.#longest = longest;
    this.#next = first;
  }

  reset(): void {
    this.reason = undefined;
    this.#next = this.#first;
  }

  wait(): Promise<void> {
    const milliseconds = this.#next;
    this.#next = Math.min(this.#next * 2, this.#longest);
    return this.pause(milliseconds);
  }

  pause(milliseconds: number): Promise<void> {
    return new Promise((settle) => {
      const state: { timer?: Timer } = {};
      const done = (): void => {
        state.timer?.cancel();
        this.#waiting.delete(done);
        settle();
      };
      this.#waiting.add(done);
      state.timer = this.#timers.after(milliseconds, done);
    });
  }

  /** Ends every wait at once. */
  hurry(): void {
    for (const done of [...this.#waiting]) done();
  }
}
