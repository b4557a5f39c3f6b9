import type { Timer, Timers } from '@amtsleitung/base';

/** Which connection answers for which leg, and what happens to those for which none does. */
export class Claims<Owner> {
  readonly #timers: Timers;
  readonly #milliseconds: number;
  readonly #onUnclaimed: (leg: string) => void;
  readonly #owners = new Map<string, Owner>();
  readonly #deadlines = new Map<string, Timer>();

  /** `onUnclaimed` is called for a leg that nobody has claimed for so long after its owner went. */
  constructor(timers: Timers, milliseconds: number, onUnclaimed: (leg: string) => void) {
    this.#timers = timers;
    this.#milliseconds = milliseconds;
    this.#onUnclaimed = onUnclaimed;
  }

  claim(leg: string, owner: Owner): void {
    this.#owners.set(leg, owner);
    this.#deadlines.get(leg)?.cancel();
    this.#deadlines.delete(leg);
  }

  ownerOf(leg: string): Owner | undefined {
    return this.#owners.get(leg);
  }

  /** The leg is over. */
  forget(leg: string): void {
    this.#owners.delete(leg);
    this.#deadlines.get(leg)?.cancel();
    this.#deadlines.delete(leg);
  }

  /** The owner is gone: its legs wait for another. */
  release(owner: Owner): void {
    for (const [leg, current] of [...this.#owners]) {
      if (current !== owner) continue;
      this.#owners.delete(leg);
      const expire = (): void => {
        this.#deadlines.delete(leg);
        this.#onUnclaimed(leg);
      };
      this.#deadlines.set(leg, this.#timers.after(this.#milliseconds, expire));
    }
  }
}
