import { isIPv6 } from 'node:net';
import { ipv6Groups } from './ipv6-groups.ts';

/** What connections may cost. */
export interface ConnectionLimits {
  readonly total: number;
  readonly perAddress: number;
  /** Milliseconds a connection may stay without, or within, a message before it is closed. */
  readonly halfOpenMilliseconds: number;
  /** Milliseconds of silence after which one that was opened to us is closed; between this and twice as long. */
  readonly idleMilliseconds: number;
  /** Milliseconds until an outgoing connection must stand. */
  readonly connectMilliseconds: number;
  /** Octets waiting for a slow reader before it is cut off. */
  readonly unsentBytes: number;
  /** Unreadable messages before the connection is closed. */
  readonly faults: number;
}

export const connectionLimits: ConnectionLimits = {
  total: 10_000,
  perAddress: 1_000,
  halfOpenMilliseconds: 10_000,
  // Longer than any registration lasts: whoever uses a connection speaks more often.
  idleMilliseconds: 3_700_000,
  connectMilliseconds: 3_000,
  unsentBytes: 1_048_576,
  faults: 20,
};

/**
 * Counts open connections, in all and per address; over IPv6 one customer has a whole /64 (RFC 6177). The fewer are left,
 * the fewer one address may have, so that there is always one for somebody new.
 */
export class ConnectionCount {
  readonly #limits: ConnectionLimits;
  readonly #byAddress = new Map<string, number>();
  #total = 0;

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  /** False when there is no room. */
  enter(address: string): boolean {
    const owner = ownerOf(address);
    const mine = this.#byAddress.get(owner) ?? 0;
    const left = this.#limits.total - this.#total;
    if (mine >= Math.min(this.#limits.perAddress, left)) return false;
    this.#byAddress.set(owner, mine + 1);
    this.#total++;
    return true;
  }

  leave(address: string): void {
    const owner = ownerOf(address);
    const mine = this.#byAddress.get(owner) ?? 0;
    if (mine <= 1) this.#byAddress.delete(owner);
    else this.#byAddress.set(owner, mine - 1);
    this.#total--;
  }
}

/** An IPv4 address itself; of an IPv6 address its first 64 bits. */
const ownerOf = (address: string): string => (isIPv6(address) ? ipv6Groups(address).slice(0, 4).join(':') : address);
