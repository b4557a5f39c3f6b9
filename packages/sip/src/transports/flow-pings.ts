import type { RandomSource, Timer, Timers } from '@amtsleitung/base';

export interface FlowPingsOptions {
  readonly timers: Timers;
  readonly random: RandomSource;
  readonly send: () => void;
  readonly isDead: () => void;
}

/** RFC 5626 §4.4.1: chosen anew each time, between 80 and 100 % of 120 s. */
const shortestMilliseconds = 95_000;
const longestMilliseconds = 120_000;
const patienceMilliseconds = 10_000;

/**
 * Keeps a connection of ours alive and notices when it is dead (RFC 5626 §4.4.1). Many servers never answer a ping: only
 * one that has answered before is dead when it falls silent.
 */
export class FlowPings {
  readonly #options: FlowPingsOptions;
  #timer: Timer | undefined;
  #patience: Timer | undefined;
  #answers = false;

  constructor(options: FlowPingsOptions) {
    this.#options = options;
  }

  start(): void {
    const { timers, random } = this.#options;
    const delay = shortestMilliseconds + random.integer(longestMilliseconds - shortestMilliseconds + 1);
    this.#timer = timers.after(delay, () => this.#ping());
  }

  stop(): void {
    this.#timer?.cancel();
    this.heard();
  }

  /** Anything at all came from the peer. */
  heard(): void {
    this.#patience?.cancel();
    this.#patience = undefined;
  }

  ponged(): void {
    this.#answers = true;
  }

  #ping(): void {
    const { timers, send, isDead } = this.#options;
    send();
    if (this.#answers) this.#patience = timers.after(patienceMilliseconds, isDead);
    this.start();
  }
}
