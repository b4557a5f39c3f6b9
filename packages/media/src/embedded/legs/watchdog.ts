/** Tells once that a far side has fallen silent, and again only after it has been heard in between. */
export class Watchdog {
  readonly #limit: number;
  #since: number | undefined;
  #everHeard = false;
  #told = false;

  /** `limit` in milliseconds; 0 = never. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  heard(now: number): void {
    this.#since = now;
    this.#everHeard = true;
    this.#told = false;
  }

  /** Starts the wait over: what was silent so far had its reason. */
  restart(now: number): void {
    this.#since = now;
    this.#told = false;
  }

  /**
   * Whether the silence has just become too long. A far side never heard yet gets twice the time: its telephone may
   * still be ringing.
   */
  expires(now: number): boolean {
    this.#since ??= now;
    const limit = this.#everHeard ? this.#limit : this.#limit * 2;
    if (limit === 0 || this.#told || now - this.#since < limit) return false;
    this.#told = true;
    return true;
  }
}
