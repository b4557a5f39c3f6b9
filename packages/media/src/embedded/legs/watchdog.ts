/** Tells that a far side has been silent for a while, and again after every further such while. */
export class Watchdog {
  readonly #limit: number;
  #since: number | undefined;
  #everHeard = false;

  /** `limit` in milliseconds; 0 = never. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  heard(now: number): void {
    this.#since = now;
    this.#everHeard = true;
  }

  /** Starts the wait over: what was silent so far had its reason. */
  restart(now: number): void {
    this.#since = now;
  }

  /**
   * Whether the silence has become too long, once per `limit`. A far side never heard yet gets five times the time at first:
   * its telephone may still be ringing.
   */
  expires(now: number): boolean {
    this.#since ??= now;
    const limit = this.#everHeard ? this.#limit : this.#limit * 5;
    if (limit === 0 || now - this.#since < limit) return false;
    this.#since = now;
    return true;
  }
}
