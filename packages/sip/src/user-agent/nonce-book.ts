import { equalSecrets } from '@amtsleitung/base';
import type { Clock, RandomSource } from '@amtsleitung/base';
import { hmacWith } from './hmac.ts';

export interface NonceBookOptions {
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly lifeMilliseconds: number;
  /** Nonces whose count is remembered. */
  readonly maximum: number;
}

/**
 * Makes and judges nonces without storing them: time, randomness and a keyed hash over both and what they are bound to.
 * Only the use counts of nonces that proved a password are remembered; strangers cannot fill the book.
 */
export class NonceBook {
  readonly #options: NonceBookOptions;
  readonly #hmac: (text: string) => string;
  /** Highest nc by nonce, oldest use first. */
  readonly #counts = new Map<string, { readonly madeAt: number; readonly count: number }>();
  /** Nonces made before are stale: their count has been forgotten. */
  #forgottenUntil = -1;

  constructor(options: NonceBookOptions) {
    this.#options = options;
    this.#hmac = hmacWith(options.random.bytes(32));
  }

  issue(boundTo: string): string {
    const madeAt = Math.floor(this.#options.clock.monotonic()).toString(36);
    const salt = Buffer.from(this.#options.random.bytes(8)).toString('hex');
    return `${madeAt}.${salt}.${this.#mark(madeAt, salt, boundTo)}`;
  }

  /** Whether the nonce is ours and young, and `count` higher than ever before with it. Remembers `count` when so. */
  use(nonce: string, count: number, boundTo: string): boolean {
    const [madeText = '', salt = '', mark = ''] = nonce.split('.');
    if (!equalSecrets(mark, this.#mark(madeText, salt, boundTo))) return false;
    const madeAt = parseInt(madeText, 36);
    const age = this.#options.clock.monotonic() - madeAt;
    if (age > this.#options.lifeMilliseconds || madeAt <= this.#forgottenUntil) return false;
    if (count <= (this.#counts.get(nonce)?.count ?? 0)) return false;
    this.#counts.delete(nonce);
    this.#counts.set(nonce, { madeAt, count });
    this.#forget();
    return true;
  }

  #mark(madeAt: string, salt: string, boundTo: string): string {
    return this.#hmac(`${madeAt}|${salt}|${boundTo}`).slice(0, 32);
  }

  /** Drops expired entries; when the book is still full, the least recently used, whose age group turns stale. */
  #forget(): void {
    const { clock, lifeMilliseconds, maximum } = this.#options;
    for (const [nonce, { madeAt }] of this.#counts) {
      const isExpired = clock.monotonic() - madeAt > lifeMilliseconds;
      if (!isExpired && this.#counts.size <= maximum) return;
      if (!isExpired) this.#forgottenUntil = Math.max(this.#forgottenUntil, madeAt);
      this.#counts.delete(nonce);
    }
  }
}
