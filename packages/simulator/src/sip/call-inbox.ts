import type { Timers } from '@amtsleitung/base';
import type { TestCall } from './test-call.ts';

/** Incoming calls, handed out one by one in order of arrival. */
export class CallInbox {
  readonly #timers: Timers;
  readonly #waiting: TestCall[] = [];
  readonly #takers: ((call: TestCall) => void)[] = [];
  /** How many calls have come in so far. */
  total = 0;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  put(call: TestCall): void {
    this.total++;
    const taker = this.#takers.shift();
    if (taker) taker(call);
    else this.#waiting.push(call);
  }

  /** Rejects after `timeout` milliseconds without a call. */
  next(timeout: number): Promise<TestCall> {
    const call = this.#waiting.shift();
    if (call) return Promise.resolve(call);
    return new Promise((resolve, reject) => {
      const taker = (taken: TestCall) => {
        timer.cancel();
        resolve(taken);
      };
      const timer = this.#timers.after(timeout, () => {
        this.#takers.splice(this.#takers.indexOf(taker), 1);
        reject(new Error(`no call came in ${timeout} ms`));
      });
      this.#takers.push(taker);
    });
  }
}
