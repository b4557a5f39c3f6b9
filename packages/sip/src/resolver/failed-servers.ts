import type { Clock } from '@amtsleitung/base';
import type { Destination } from '../transports/destination.ts';

const usualSeconds = 30;
/** No server's word keeps it out of use for longer than this. */
const longestSeconds = 300;
const mostServers = 1_000;

/** Servers that failed lately, RFC 3263 §4.3 and RFC 3261 §21.5.4. Forgets the oldest when there are too many. */
export class FailedServers {
  readonly #clock: Clock;
  readonly #until = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(server: Destination, retryAfterSeconds = usualSeconds): void {
    const seconds = Math.min(Math.max(1, retryAfterSeconds), longestSeconds);
    const key = keyOf(server);
    this.#until.delete(key);
    if (this.#until.size >= mostServers) this.#until.delete(this.#until.keys().next().value!);
    this.#until.set(key, this.#clock.monotonic() + seconds * 1_000);
  }

  remove(server: Destination): void {
    this.#until.delete(keyOf(server));
  }

  has(server: Destination): boolean {
    const key = keyOf(server);
    const until = this.#until.get(key);
    if (until === undefined) return false;
    if (until > this.#clock.monotonic()) return true;
    this.#until.delete(key);
    return false;
  }
}

const keyOf = ({ transport, address, port }: Destination): string => `${transport} ${address} ${port}`;
