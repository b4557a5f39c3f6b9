import type { Clock, Timer, Timers } from '@amtsleitung/base';
import type { Watch } from './watch.ts';

/**
 * Changes in a house come in bursts: one look at all lamps serves those of this time. The looks lie on a grid, so that
 * the milliseconds between two NOTIFYs tell nothing of how a call was set up.
 */
const gridMilliseconds = 100;
/** So many lamps are looked at in about a millisecond; then calls have their turn. */
const lampsPerTurn = 500;
const turnMilliseconds = 5;

export interface GatheredLooksPorts {
  readonly clock: Clock;
  readonly timers: Timers;
}

/** Looks at the lamps of one town after something has changed: not after every change, and never at all of them at once. */
export class GatheredLooks {
  readonly #ports: GatheredLooksPorts;
  readonly #watches: () => readonly Watch[];
  #timer: Timer | undefined;
  #isLooking = false;
  /** Something has changed behind the look that goes on. */
  #isStale = false;

  constructor(ports: GatheredLooksPorts, watches: () => readonly Watch[]) {
    this.#ports = ports;
    this.#watches = watches;
  }

  changed(): void {
    if (this.#isLooking) this.#isStale = true;
    if (this.#timer) return;
    const { clock, timers } = this.#ports;
    this.#timer = timers.after(gridMilliseconds - (clock.monotonic() % gridMilliseconds), () => {
      this.#isLooking = true;
      this.#look(this.#watches());
    });
  }

  close(): void {
    this.#timer?.cancel();
  }

  #look(watches: readonly Watch[]): void {
    this.#timer = undefined;
    for (const watch of watches.slice(0, lampsPerTurn)) watch.look();
    const rest = watches.slice(lampsPerTurn);
    if (rest.length > 0) {
      this.#timer = this.#ports.timers.after(turnMilliseconds, () => this.#look(rest));
      return;
    }
    this.#isLooking = false;
    if (!this.#isStale) return;
    this.#isStale = false;
    this.changed();
  }
}
