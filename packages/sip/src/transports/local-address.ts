import { BlockList, isIP, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

export interface LocalAddressOptions {
  /** What the socket is bound to; a wildcard or an address. */
  readonly bound: string;
  /** Our address as seen from the internet, when there is NAT in between. */
  readonly publicAddress?: string;
}

interface Interface {
  readonly address: string;
  readonly isInternal: boolean;
  readonly neighbours: BlockList;
  readonly family: 'ipv4' | 'ipv6';
}

const cacheMilliseconds = 10_000;

/** Finds the address under which a peer can reach us. Looks at the machine's interfaces at most every 10 s. */
export class LocalAddress {
  readonly #options: LocalAddressOptions;
  #interfaces: readonly Interface[] = [];
  #readAt = -Infinity;

  constructor(options: LocalAddressOptions) {
    this.#options = options;
  }

  towards(peer: string): string {
    const { bound, publicAddress } = this.#options;
    const near = this.#neighbour(peer);
    if (publicAddress !== undefined && !near) return publicAddress;
    if (!isWildcard(bound)) return bound;
    return near?.address ?? this.#firstOutward(peer) ?? (peer.includes(':') ? '::1' : '127.0.0.1');
  }

  #neighbour(peer: string): Interface | undefined {
    if (isIP(peer) === 0) return undefined;
    const family = isIPv6(peer) ? 'ipv6' : 'ipv4';
    const address = withoutZone(peer);
    return this.#all().find((one) => one.family === family && one.neighbours.check(address, family));
  }

  #firstOutward(peer: string): string | undefined {
    const family = isIPv6(peer) ? 'ipv6' : 'ipv4';
    return this.#all().find((one) => !one.isInternal && one.family === family && !isLinkLocal(one.address))?.address;
  }

  #all(): readonly Interface[] {
    if (performance.now() - this.#readAt < cacheMilliseconds) return this.#interfaces;
    this.#readAt = performance.now();
    this.#interfaces = Object.values(networkInterfaces()).flatMap((entries) =>
      (entries ?? []).map((entry) => {
        const family = entry.family === 'IPv6' ? ('ipv6' as const) : ('ipv4' as const);
        const neighbours = new BlockList();
        neighbours.addSubnet(entry.address, Number(entry.cidr?.split('/')[1] ?? 32), family);
        return { address: entry.address, isInternal: entry.internal, neighbours, family };
      }),
    );
    return this.#interfaces;
  }
}

/** Unreachable from beyond the next router (RFC 3927, RFC 4291 §2.5.6). */
function isLinkLocal(address: string): boolean {
  return /^(?:169\.254\.|fe[89ab])/i.test(address);
}

/** RFC 4007 §11: the zone of a link-local address means something on this machine only. */
export function withoutZone(address: string): string {
  return address.split('%', 1)[0]!;
}

export function isSameFamily(one: string, other: string): boolean {
  return one.includes(':') === other.includes(':');
}

export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

/** IPv4 addresses as IPv4, also when a dual-stack socket shows them mapped (RFC 4291 §2.5.5.2). */
export function plainAddress(address: string): string {
  return /^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(address) ? address.slice(7) : address;
}
