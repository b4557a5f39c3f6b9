import type { Timer, Timers } from '@amtsleitung/base';
import type { Destination } from '../transports/destination.ts';
import { transactionTimeout } from './timer-values.ts';

/** All that a repeated request needs of the transaction that answered it. */
export interface AnsweredRequest {
  readonly key: string;
  /** See `mergeKey`. */
  readonly merge: string | undefined;
  /** The printed answer and where it goes; undefined when repetitions are only to be absorbed (RFC 6026 §7.1). */
  readonly answer: { readonly bytes: Uint8Array; readonly destination: Destination } | undefined;
  /** Of an INVITE's answer: what the answer to a late CANCEL bears as well (RFC 3261 §9.2). */
  readonly toTag: string | undefined;
}

/** What an entry holds beside its texts: itself, its places in the tables. */
const octetsOfAny = 250;
/** 3,000 REGISTERs a second for 32 seconds. */
const mostOctets = 96 * 1024 * 1024;

interface Entry extends AnsweredRequest {
  /** The sweep that takes it away. */
  readonly turn: number;
}

/**
 * Answered requests until no repetition can come any more (timers J and L, RFC 3261 §17.2.2, RFC 6026 §7.1). All stay
 * equally long, so one timer serves them all. Bounded by size: the oldest goes first, long after its sender has heard.
 */
export class AnsweredRequests {
  readonly #timers: Timers;
  readonly #mostOctets: number;
  readonly #entries = new Map<string, Entry>();
  readonly #merges = new Map<string, string>();
  #octets = 0;
  #turn = 0;
  #timer: Timer | undefined;

  constructor(timers: Timers, limit: number = mostOctets) {
    this.#timers = timers;
    this.#mostOctets = limit;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): AnsweredRequest | undefined {
    return this.#entries.get(key);
  }

  /** Whether a copy of the request came on another way. */
  hasMerge(merge: string): boolean {
    return this.#merges.has(merge);
  }

  add(answered: AnsweredRequest): void {
    this.forget(answered.key);
    // One sweep more than the time asks for: what came in the middle of a turn has not waited a whole one.
    this.#entries.set(answered.key, { ...answered, turn: this.#turn + turnsKept });
    if (answered.merge !== undefined) this.#merges.set(answered.merge, answered.key);
    this.#octets += octetsOf(answered);
    this.#timer ??= this.#nextTurn();
    while (this.#octets > this.#mostOctets) this.forget(this.#entries.keys().next().value!);
  }

  forget(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    if (entry.merge !== undefined && this.#merges.get(entry.merge) === key) this.#merges.delete(entry.merge);
    this.#octets -= octetsOf(entry);
  }

  #nextTurn(): Timer {
    return this.#timers.after(turnMilliseconds, () => {
      this.#turn++;
      for (const [key, { turn }] of this.#entries) {
        // In order of their coming, so the first that stays is followed by such only.
        if (turn > this.#turn) break;
        this.forget(key);
      }
      this.#timer = this.#entries.size > 0 ? this.#nextTurn() : undefined;
    });
  }
}

const turnMilliseconds = 1_000;
const turnsKept = transactionTimeout / turnMilliseconds + 1;

const octetsOf = ({ key, merge, answer }: AnsweredRequest): number =>
  octetsOfAny + key.length + (merge?.length ?? 0) + (answer?.bytes.length ?? 0);
