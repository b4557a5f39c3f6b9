import type { Logger, Timers } from '@amtsleitung/base';
import { storeAway } from './problem.ts';
import { nameOf, refusalOf } from './store-refusal.ts';

/** A request never waits longer for a store. */
const deadlineMilliseconds = 1_500;
/** A question without any answer no longer counts as on its way. */
const forgottenMilliseconds = 30_000;
/** Above this many unanswered questions the store counts as away at once. */
const mostInFlight = 200;

/**
 * The same store, whose answers come within the deadline or not at all: a late, failing or overrun store becomes
 * the problem `database-away`. A write that was given up may still happen. A question that the store
 * refuses is no sign of absence.
 */
export class StoreGuard {
  readonly #timers: Timers;
  readonly #logger: Logger;
  readonly #onRecovered: () => void;
  #inFlight = 0;
  #away = false;

  /** `onRecovered` is called with the first answer after a failure. */
  constructor(timers: Timers, logger: Logger, onRecovered: () => void) {
    this.#timers = timers;
    this.#logger = logger;
    this.#onRecovered = onRecovered;
  }

  around<Store extends object>(store: Store): Store {
    return new Proxy(store, {
      get: (target, key) => {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => this.within(String(key), () => Reflect.apply(member, target, args) as unknown);
      },
    });
  }

  async within<Value>(what: string, ask: () => Value | Promise<Value>): Promise<Value> {
    if (this.#inFlight >= mostInFlight) throw storeAway();
    const release = this.#enter();
    return new Promise<Value>((resolve, reject) => {
      const timer = this.#timers.after(deadlineMilliseconds, () => reject(this.#failed(what, 'no answer in time')));
      const settle = (): void => {
        timer.cancel();
        release();
      };
      (async () => ask())().then(
        (value) => {
          settle();
          this.#answered();
          resolve(value);
        },
        (error: unknown) => {
          settle();
          const refusal = refusalOf(error);
          if (refusal) this.#answered();
          reject(refusal ?? this.#failed(what, nameOf(error)));
        },
      );
    });
  }

  /** Counts a question until it is answered, or is so old that no answer will come. */
  #enter(): () => void {
    this.#inFlight++;
    let counted = true;
    const leave = (): void => {
      if (counted) this.#inFlight--;
      counted = false;
    };
    const timer = this.#timers.after(forgottenMilliseconds, leave);
    return () => {
      timer.cancel();
      leave();
    };
  }

  #failed(what: string, error: string): Error {
    if (!this.#away) this.#logger.warn('store away', { what, error });
    this.#away = true;
    return storeAway();
  }

  #answered(): void {
    if (!this.#away) return;
    this.#away = false;
    this.#onRecovered();
  }
}
