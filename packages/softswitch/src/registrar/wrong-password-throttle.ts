import type { Clock } from '@amtsleitung/base';
import { TokenBuckets } from './token-buckets.ts';

/**
 * Slows down guessing. One address guessing one user is refused outright; an address that guesses many users, and a
 * user guessed from many addresses, get no further challenge, while the right password still works: nobody can lock
 * out a colleague.
 */
export class WrongPasswordThrottle {
  readonly #pairs: TokenBuckets;
  readonly #addresses: TokenBuckets;
  readonly #users: TokenBuckets;

  constructor(clock: Clock) {
    this.#pairs = new TokenBuckets(clock, { burst: 10, refillMilliseconds: 6_000, keys: 20_000 });
    this.#addresses = new TokenBuckets(clock, { burst: 15, refillMilliseconds: 2_000, keys: 10_000 });
    this.#users = new TokenBuckets(clock, { burst: 15, refillMilliseconds: 2_000, keys: 10_000 });
  }

  /** Whether this address may not even try this user now. */
  refuses(address: string, user: string): boolean {
    return this.#pairs.isEmpty(pair(address, user));
  }

  /** Notes a wrong password; whether another try is invited by a challenge. */
  wrong(address: string, user: string): boolean {
    const perPair = this.#pairs.take(pair(address, user));
    const perAddress = this.#addresses.take(address);
    const perUser = this.#users.take(user);
    return perPair && perAddress && perUser;
  }

  /** Seconds to name in Retry-After. */
  retryAfterSeconds(address: string, user: string): number {
    const wait = Math.max(this.#pairs.wait(pair(address, user)), this.#addresses.wait(address), this.#users.wait(user));
    return Math.max(1, Math.ceil(wait / 1000));
  }
}

const pair = (address: string, user: string): string => `${address} ${user.slice(0, 128)}`;
