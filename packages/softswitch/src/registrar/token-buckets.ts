import type { Clock } from '@amtsleitung/base';

interface Bucket {
  tokens: number;
  at: number;
}

export interface BucketLimits {
  /** Takes in a row before the bucket is empty. */
  readonly burst: number;
  /** Milliseconds until one more take is allowed. */
  readonly refillMilliseconds: number;
  /** Most keys remembered; beyond, the one used longest ago is forgotten. */
  readonly keys: number;
}

/** One leaky allowance per key, in bounded memory. */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>();
  readonly #clock: Clock;
  readonly #limits: BucketLimits;

  constructor(clock: Clock, limits: BucketLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Whether nothing is left for this key. Takes nothing. */
  isEmpty(key: string): boolean {
    const bucket = this.#buckets.get(key);
    return bucket !== undefined && this.#level(bucket) < 1;
  }

  /** Takes one; false when there was none left. */
  take(key: string): boolean {
    const bucket = this.#buckets.get(key) ?? { tokens: this.#limits.burst, at: this.#clock.monotonic() };
    const level = this.#level(bucket);
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: Math.max(0, level - 1), at: this.#clock.monotonic() });
    if (this.#buckets.size > this.#limits.keys) this.#buckets.delete(this.#buckets.keys().next().value!);
    return level >= 1;
  }

  /** Milliseconds until this key may take again. */
  wait(key: string): number {
    const bucket = this.#buckets.get(key);
    if (!bucket) return 0;
    return Math.max(0, Math.ceil((1 - this.#level(bucket)) * this.#limits.refillMilliseconds));
  }

  get size(): number {
    return this.#buckets.size;
  }

  #level(bucket: Bucket): number {
    const gained = (this.#clock.monotonic() - bucket.at) / this.#limits.refillMilliseconds;
    return Math.min(this.#limits.burst, bucket.tokens + gained);
  }
}
