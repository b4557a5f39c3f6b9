import type { Clock, RandomSource } from '@amtsleitung/base';
import type { PortRange } from '../engine-options.ts';

const restMilliseconds = 2000;

/** Even UDP ports in random order; a port rests for 2 s after its leg, so that a late packet meets nobody. */
export class PortPool {
  readonly #first: number;
  readonly #count: number;
  readonly #clock: Clock;
  readonly #random: RandomSource;
  readonly #taken = new Set<number>();
  /** Port → monotonic time from which it may be used again. */
  readonly #resting = new Map<number, number>();

  constructor(range: PortRange, clock: Clock, random: RandomSource) {
    this.#first = range.first + (range.first & 1);
    this.#count = Math.max(0, Math.floor((range.last - this.#first) / 2) + 1);
    this.#clock = clock;
    this.#random = random;
  }

  /** A free port, or undefined when there is none. */
  take(): number | undefined {
    this.#wake();
    if (this.#taken.size + this.#resting.size >= this.#count) return undefined;
    const start = this.#random.integer(this.#count);
    for (let step = 0; step < this.#count; step++) {
      const port = this.#first + ((start + step) % this.#count) * 2;
      if (this.#taken.has(port) || this.#resting.has(port)) continue;
      this.#taken.add(port);
      return port;
    }
    return undefined;
  }

  release(port: number): void {
    if (this.#taken.delete(port)) this.#resting.set(port, this.#clock.monotonic() + restMilliseconds);
  }

  #wake(): void {
    const now = this.#clock.monotonic();
    for (const [port, until] of this.#resting) {
      // In order of release, so the first that still rests is followed by such only.
      if (until > now) return;
      this.#resting.delete(port);
    }
  }
}
