import { isAddressLiteral } from '../messages/host-port.ts';
import { parseSipUri } from '../messages/sip-uri.ts';
import type { SipUri } from '../messages/sip-uri.ts';
import type { Destination } from '../transports/destination.ts';

const defaultPorts = { udp: 5060, tcp: 5060, tls: 5061 } as const;

/**
 * Where an in-dialog request to `uri` goes. Over the peer's own connection while it stands; else to the address in
 * `uri` (RFC 3261 §8.1.2), unless that is a name, or a private address that the peer shows from behind its NAT: then
 * to where the peer's messages come from.
 */
export function nextHopDestination(
  uri: string,
  peer: Destination,
  canReach: (destination: Destination) => boolean,
): Destination {
  const target = parseSipUri(uri);
  const standsBy = peer.flowId !== undefined && canReach(peer);
  if (standsBy || peer.transport === 'ws' || !target || !isAddressLiteral(target.host)) return peer;
  const isHidden = target.host !== peer.address && isPrivate(target.host) && !isPrivate(peer.address);
  if (isHidden || isUnspecified(target.host)) return peer;
  const transport = transportFor(target, peer.transport);
  const next: Destination = { transport, address: target.host, port: target.port ?? defaultPorts[transport] };
  const { alsoTcp, serverName } = peer;
  return canReach(next) ? { ...next, ...(alsoTcp ? { alsoTcp } : {}), ...(serverName ? { serverName } : {}) } : peer;
}

/** What was encrypted stays so, whatever the URI says (RFC 5630 §3.1.3). */
function transportFor({ scheme, parameters }: SipUri, usual: 'udp' | 'tcp' | 'tls'): 'udp' | 'tcp' | 'tls' {
  const wanted = parameters.get('transport')?.toLowerCase();
  if (scheme === 'sips' || usual === 'tls') return 'tls';
  return wanted === 'tcp' || wanted === 'udp' || wanted === 'tls' ? wanted : usual;
}

/** RFC 1918, RFC 6598, loopback, link-local, and their IPv6 kin. */
function isPrivate(address: string): boolean {
  if (address.includes(':')) return /^(?:::1$|f[cd]|fe[89ab])/i.test(address);
  const [first = 0, second = 0] = address.split('.').map(Number);
  return (
    first === 10 ||
    first === 127 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254) ||
    (first === 100 && second >= 64 && second < 128)
  );
}

function isUnspecified(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}
