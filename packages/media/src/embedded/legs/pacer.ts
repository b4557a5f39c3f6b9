import type { Clock, Timer, Timers } from '@amtsleitung/base';

/** Something that happens every 20 ms. */
export interface Paced {
  /** One frame is due. */
  step(): void;
  /** So many frames were missed beyond catching up: time has passed without them. */
  skip(frames: number): void;
}

const frameMilliseconds = 20;
/** Many legs are spread over so many moments of a frame, so that they do not all send at once. */
const slots = 4;
/** Fewer go together: each moment wakes the process. */
const crowd = 12;
const slotMilliseconds = frameMilliseconds / slots;
/** A stalled process makes up for so many frames; what is older is skipped. */
const maximumCatchUp = 5;

/** The one clock of all legs. Its n-th beat is due n times 5 ms after the first, however late the ones before were. */
export class Pacer {
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #onError: (error: unknown) => void;
  readonly #slots: Set<Paced>[] = Array.from({ length: slots }, () => new Set());
  readonly #slotOf = new Map<Paced, Set<Paced>>();
  #timer: Timer | undefined;
  #start = 0;
  #beats = 0;
  /** The beat the timer waits for. */
  #awaited = 0;
  #lateness = 0;

  constructor(clock: Clock, timers: Timers, onError: (error: unknown) => void) {
    this.#clock = clock;
    this.#timers = timers;
    this.#onError = onError;
  }

  /** How late frames are sent lately, in milliseconds: a smoothed measure of overload. */
  get lateness(): number {
    return this.#slotOf.size === 0 ? 0 : this.#lateness;
  }

  add(paced: Paced): void {
    const least = this.#slots.reduce((one, other) => (other.size < one.size ? other : one));
    const slot = this.#slots.find(({ size }) => size > 0 && size < crowd) ?? least;
    slot.add(paced);
    this.#slotOf.set(paced, slot);
    if (this.#slotOf.size === 1) this.#begin();
    else if (slot.size === 1) this.#schedule();
  }

  remove(paced: Paced): void {
    this.#slotOf.get(paced)?.delete(paced);
    this.#slotOf.delete(paced);
    if (this.#slotOf.size > 0) return;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #begin(): void {
    this.#start = this.#clock.monotonic();
    this.#beats = 0;
    this.#lateness = 0;
    this.#schedule();
  }

  /** Beats in which nobody has anything to do are passed over. */
  #schedule(): void {
    this.#awaited = this.#beats + 1;
    while (this.#slots[this.#awaited % slots]!.size === 0) this.#awaited++;
    const due = this.#start + this.#awaited * slotMilliseconds;
    this.#timer?.cancel();
    this.#timer = this.#timers.after(Math.max(0, due - this.#clock.monotonic()), () => this.#catchUp());
  }

  #catchUp(): void {
    const elapsed = this.#clock.monotonic() - this.#start;
    const due = Math.floor(elapsed / slotMilliseconds);
    const late = Math.max(0, elapsed - this.#awaited * slotMilliseconds);
    this.#lateness += (late - this.#lateness) / 50;
    this.#skip(Math.floor((due - this.#beats) / slots) - maximumCatchUp);
    while (this.#beats < due) {
      this.#beats++;
      for (const paced of [...this.#slots[this.#beats % slots]!]) this.#guarded(() => paced.step());
    }
    if (this.#slotOf.size > 0) this.#schedule();
  }

  /** Whole frames are skipped, so that every slot misses the same number. */
  #skip(frames: number): void {
    if (frames <= 0) return;
    this.#beats += frames * slots;
    for (const paced of [...this.#slotOf.keys()]) this.#guarded(() => paced.skip(frames));
  }

  /** One leg's failure is not the others'. */
  #guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#onError(error);
    }
  }
}
