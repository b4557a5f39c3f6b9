import type { Clock, Timer, Timers } from '@amtsleitung/base';

const frameMilliseconds = 20;
/** A process that was held up sends what is missing, but never a flood. */
const mostAtOnce = 10;

/** One 20 ms beat for any number of RTP senders: hundreds of peers need one timer. */
export class FrameClock {
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #members = new Set<() => void>();
  #timer: Timer | undefined;
  #next = 0;

  constructor(clock: Clock, timers: Timers) {
    this.#clock = clock;
    this.#timers = timers;
  }

  /** Calls `frame` every 20 ms. Returns the way to leave. */
  join(frame: () => void): () => void {
    this.#members.add(frame);
    if (!this.#timer) this.#begin();
    return () => {
      this.#members.delete(frame);
      if (this.#members.size > 0) return;
      this.#timer?.cancel();
      this.#timer = undefined;
    };
  }

  #begin(): void {
    this.#next = this.#clock.monotonic() + frameMilliseconds;
    this.#arm();
  }

  #arm(): void {
    this.#timer = this.#timers.after(Math.max(0, this.#next - this.#clock.monotonic()), () => this.#beat());
  }

  #beat(): void {
    const now = this.#clock.monotonic();
    let beats = 0;
    for (; this.#next <= now && beats < mostAtOnce; beats++) {
      this.#next += frameMilliseconds;
      for (const frame of [...this.#members]) frame();
    }
    if (this.#next <= now) this.#next = now + frameMilliseconds;
    if (this.#members.size > 0) this.#arm();
  }
}
