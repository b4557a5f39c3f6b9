import type { Clock } from '@amtsleitung/base';
import { ApiProblem } from '../http/problem.ts';

interface Failures {
  count: number;
  /** Monotonic milliseconds when the count starts anew. */
  endsAt: number;
}

/** Failures a quarter of an hour before further tries wait. */
const limits = { pair: 10, address: 100, login: 50, pairUnderAttack: 2 } as const;
const windowMilliseconds = 15 * 60_000;
const mostEntries = 10_000;

/** IPv6 neighbours of one /64 count as one; mapped IPv4 as IPv4. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1]!;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : new Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':').toLowerCase();
}

/**
 * Counts failed sign-ins per address, per login, and per both. Nobody can lock out somebody else: a login that is
 * guessed from everywhere leaves each address two tries of its own, and where its owner has signed in before, neither
 * that nor a colleague's guessing behind the same address counts. Forgets the oldest entries above 10,000.
 */
export class SignInThrottle {
  readonly #clock: Clock;
  readonly #onAlarm: (what: 'address' | 'login', address: string) => void;
  readonly #failures = new Map<string, Failures>();
  readonly #trusted = new Map<string, true>();

  /** `onAlarm` hears once a quarter of an hour of each address that guesses and of each login that is guessed. */
  constructor(clock: Clock, onAlarm: (what: 'address' | 'login', address: string) => void = () => {}) {
    this.#clock = clock;
    this.#onAlarm = onAlarm;
  }

  /** Throws 429 with the seconds to wait. */
  check(address: string, login: string): void {
    const network = networkOf(address);
    const isTrusted = this.#trusted.has(`${network} ${login}`);
    const isUnderAttack = (this.#current(`login ${login}`)?.count ?? 0) >= limits.login;
    if (!isTrusted) this.#refuseAbove(limits.address, `address ${network}`);
    this.#refuseAbove(isUnderAttack && !isTrusted ? limits.pairUnderAttack : limits.pair, `pair ${network} ${login}`);
  }

  failed(address: string, login: string): void {
    const network = networkOf(address);
    const ofAddress = this.#count(`address ${network}`);
    const ofPair = this.#count(`pair ${network} ${login}`);
    const ofLogin = this.#count(`login ${login}`);
    if (ofAddress === limits.address || ofPair === limits.pair) this.#onAlarm('address', network);
    if (ofLogin === limits.login) this.#onAlarm('login', network);
  }

  succeeded(address: string, login: string): void {
    const network = networkOf(address);
    this.#failures.delete(`pair ${network} ${login}`);
    keepNewest(this.#trusted, `${network} ${login}`, true);
  }

  #refuseAbove(limit: number, key: string): void {
    const failures = this.#current(key);
    if (!failures || failures.count < limit) return;
    const seconds = Math.ceil((failures.endsAt - this.#clock.monotonic()) / 1000);
    throw new ApiProblem(429, 'too-many-attempts', { retryAfter: seconds });
  }

  #count(key: string): number {
    const failures = this.#current(key) ?? { count: 0, endsAt: this.#clock.monotonic() + windowMilliseconds };
    failures.count++;
    keepNewest(this.#failures, key, failures);
    return failures.count;
  }

  #current(key: string): Failures | undefined {
    const failures = this.#failures.get(key);
    return failures && failures.endsAt > this.#clock.monotonic() ? failures : undefined;
  }
}

function keepNewest<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > mostEntries) map.delete(map.keys().next().value!);
}
