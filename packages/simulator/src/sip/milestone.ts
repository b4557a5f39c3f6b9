import type { Timers } from '@amtsleitung/base';

/** Something that happens once; any number may wait for it. */
export class Milestone<Value = void> {
  readonly #timers: Timers;
  readonly #name: string;
  readonly #waiters = new Set<(value: Value) => void>();
  #reached: { readonly value: Value } | undefined;

  constructor(timers: Timers, name: string) {
    this.#timers = timers;
    this.#name = name;
  }

  get value(): Value | undefined {
    return this.#reached?.value;
  }

  get isReached(): boolean {
    return this.#reached !== undefined;
  }

  /** The first time counts. */
  reach(value: Value): void {
    if (this.#reached) return;
    this.#reached = { value };
    for (const waiter of [...this.#waiters]) waiter(value);
  }

  /** Rejects after `timeout` milliseconds; `describe` says what was the case instead. */
  wait(timeout: number, describe: () => string): Promise<Value> {
    if (this.#reached) return Promise.resolve(this.#reached.value);
    return new Promise((resolve, reject) => {
      const timer = this.#timers.after(timeout, () => {
        this.#waiters.delete(waiter);
        reject(new Error(`waited ${timeout} ms for "${this.#name}": ${describe()}`));
      });
      const waiter = (value: Value) => {
        timer.cancel();
        this.#waiters.delete(waiter);
        resolve(value);
      };
      this.#waiters.add(waiter);
    });
  }
}
