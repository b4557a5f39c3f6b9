import type { Clock } from '../clock.ts';
import type { Timer, Timers } from '../timers.ts';

interface Pending {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

/** A clock and timers that stand still until a test moves them. */
export class VirtualClock implements Clock, Timers {
  #now: number;
  #elapsed = 0;
  #order = 0;
  #pending: Pending[] = [];

  /** `start` is wall time in milliseconds since 1970; default Monday 2026-11-23 10:00 UTC. */
  constructor(start = Date.UTC(2026, 10, 23, 10)) {
    this.#now = start;
  }

  now(): number {
    return this.#now + this.#elapsed;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  after(milliseconds: number, fire: () => void): Timer {
    const pending = { at: this.#elapsed + Math.max(0, milliseconds), order: this.#order++, fire };
    this.#pending.push(pending);
    return { cancel: () => (this.#pending = this.#pending.filter((other) => other !== pending)) };
  }

  /** Moves time forward, firing every timer due on the way, in order. */
  advance(milliseconds: number): void {
    const end = this.#elapsed + milliseconds;
    for (let next = this.#due(end); next; next = this.#due(end)) {
      this.#pending = this.#pending.filter((other) => other !== next);
      this.#elapsed = Math.max(this.#elapsed, next.at);
      next.fire();
    }
    this.#elapsed = end;
  }

  /** Moves wall time without moving monotonic time, as an NTP step does. */
  jumpWall(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** How many timers are pending. */
  get pendingTimers(): number {
    return this.#pending.length;
  }

  #due(end: number): Pending | undefined {
    return this.#pending
      .filter((pending) => pending.at <= end)
      .sort((left, right) => left.at - right.at || left.order - right.order)[0];
  }
}
