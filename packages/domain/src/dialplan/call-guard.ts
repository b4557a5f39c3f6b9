import type { Clock } from '@amtsleitung/base';

export interface GuardLimits {
  /** Outgoing calls of one person at once. */
  readonly concurrentPerPerson: number;
  /** Outgoing calls of one person in any 60 s. */
  readonly perMinuteAndPerson: number;
}

export const defaultGuardLimits: GuardLimits = { concurrentPerPerson: 2, perMinuteAndPerson: 10 };

export interface GuardedCall {
  readonly callId: string;
  readonly personId: string;
  readonly trunkId: string;
  /** Most outgoing calls of this trunk at once. */
  readonly trunkCapacity: number;
}

/**
 * Spend and rate guard of outgoing calls: reserves before dialling, so calls that start together cannot pass the limit
 * together. Emergency calls never ask it.
 */
export class CallGuard {
  readonly #clock: Clock;
  readonly #limits: GuardLimits;
  readonly #running = new Map<string, GuardedCall>();
  /** Monotonic start times of the last minute; empty entries are removed. */
  readonly #starts = new Map<string, number[]>();

  constructor(clock: Clock, limits: GuardLimits = defaultGuardLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** False: over a limit, nothing is reserved. A reservation lasts until `release`. */
  admit(call: GuardedCall): boolean {
    this.#forgetOldStarts();
    const running = [...this.#running.values()];
    const ofPerson = running.filter(({ personId }) => personId === call.personId).length;
    const ofTrunk = running.filter(({ trunkId }) => trunkId === call.trunkId).length;
    const starts = this.#starts.get(call.personId) ?? [];
    if (ofPerson >= this.#limits.concurrentPerPerson || ofTrunk >= call.trunkCapacity) return false;
    if (starts.length >= this.#limits.perMinuteAndPerson) return false;
    this.#running.set(call.callId, call);
    this.#starts.set(call.personId, [...starts, this.#clock.monotonic()]);
    return true;
  }

  release(callId: string): void {
    this.#running.delete(callId);
  }

  #forgetOldStarts(): void {
    const since = this.#clock.monotonic() - 60_000;
    for (const [personId, starts] of this.#starts) {
      const recent = starts.filter((start) => start > since);
      if (recent.length > 0) this.#starts.set(personId, recent);
      else this.#starts.delete(personId);
    }
  }
}
