import type { Clock } from '@amtsleitung/base';

/** How long a call was connected to a person, and since when for each of them. Durations by the monotonic clock. */
export class TalkClock {
  readonly #clock: Clock;
  readonly #connectedAt = new Map<string, number>();
  #since: number | undefined;
  #total = 0;
  #everConnected = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get everConnected(): boolean {
    return this.#everConnected;
  }

  get milliseconds(): number {
    return Math.round(this.#total);
  }

  start(people: readonly { readonly personId?: string }[]): void {
    this.#everConnected = true;
    this.#since ??= this.#clock.monotonic();
    for (const { personId } of people) {
      if (personId !== undefined && !this.#connectedAt.has(personId)) {
        this.#connectedAt.set(personId, this.#clock.now());
      }
    }
  }

  stop(): void {
    if (this.#since !== undefined) this.#total += this.#clock.monotonic() - this.#since;
    this.#since = undefined;
  }

  /** Wall time when this person was connected first. */
  connectedAt(personId: string): number | undefined {
    return this.#connectedAt.get(personId);
  }
}
