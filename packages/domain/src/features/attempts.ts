import type { Clock } from '@amtsleitung/base';

const mostWrong = 5;
const lockMilliseconds = 30 * 60_000;
/** Above it the oldest are forgotten: whoever tries so many keys is stopped by the network's own limits. */
const mostKeys = 10_000;

/** Counts wrong attempts by key; five lock it for half an hour. A right one starts anew. */
export class Attempts {
  readonly #clock: Clock;
  readonly #wrong = new Map<string, { readonly count: number; readonly last: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isLocked(key: string): boolean {
    return (this.#recent(key)?.count ?? 0) >= mostWrong;
  }

  /** True: this one has locked it. */
  wrong(key: string): boolean {
    const count = (this.#recent(key)?.count ?? 0) + 1;
    this.#wrong.delete(key);
    this.#wrong.set(key, { count, last: this.#clock.monotonic() });
    const [oldest] = this.#wrong.keys();
    if (this.#wrong.size > mostKeys && oldest !== undefined) this.#wrong.delete(oldest);
    return count === mostWrong;
  }

  right(key: string): void {
    this.#wrong.delete(key);
  }

  #recent(key: string): { readonly count: number } | undefined {
    const wrong = this.#wrong.get(key);
    if (wrong && this.#clock.monotonic() - wrong.last < lockMilliseconds) return wrong;
    this.#wrong.delete(key);
    return undefined;
  }
}
