import { listValues, parseVia } from '@amtsleitung/sip';
import type { SipRequest, Source } from '@amtsleitung/sip';
import type { Place } from '../registrar/location.ts';

const defaultPort = 5060;

/**
 * Proxies of ours in front of the phones: all that they pass on has their address. Whose request it is stands in the Via
 * that they received it with and stamped (RFC 3261 §18.2.1, RFC 3581 §4); anybody else's Via is only a claim.
 */
export class EdgeProxies {
  readonly #addresses: ReadonlySet<string>;

  constructor(addresses: readonly string[]) {
    this.#addresses = new Set(addresses);
  }

  trusts(source: Source): boolean {
    return this.#addresses.has(source.address);
  }

  placeOf(request: SipRequest, source: Source): Place {
    if (!this.trusts(source)) return source;
    // One line may hold several values (RFC 3261 §7.3.1), also where a phone means to hide its own.
    const via = parseVia(listValues(request, 'Via')[1] ?? '');
    if (!via) return source;
    const received = via.parameters.get('received')?.replace(/^\[|\]$/g, '');
    const port = Number(via.parameters.get('rport') ?? via.port ?? defaultPort);
    return { ...source, phone: { address: received ?? via.host, port } };
  }
}
