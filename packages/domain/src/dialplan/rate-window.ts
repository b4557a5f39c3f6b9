import type { Clock } from '@amtsleitung/base';

const windowMilliseconds = 60_000;

/** Counts what began in the last 60 s, by key; keys without any are forgotten. */
export class RateWindow {
  readonly #clock: Clock;
  /** Monotonic milliseconds, oldest first. */
  readonly #starts = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  count(key: string): number {
    const since = this.#clock.monotonic() - windowMilliseconds;
    const recent = this.#starts.get(key)?.filter((start) => start > since) ?? [];
    if (recent.length > 0) this.#starts.set(key, recent);
    else this.#starts.delete(key);
    return recent.length;
  }

  note(key: string): void {
    this.count(key);
    this.#starts.set(key, [...(this.#starts.get(key) ?? []), this.#clock.monotonic()]);
    if (this.#starts.size > mostKeys) for (const known of [...this.#starts.keys()]) this.count(known);
  }
}

/** Above it, all keys are looked through for old ones. */
const mostKeys = 1_000;
