import { isAddressLiteral } from '../messages/host-port.ts';
import { topVia } from '../messages/message-fields.ts';
import type { SipRequest } from '../messages/sip-message.ts';
import type { Destination, Source } from '../transports/destination.ts';

const defaultPort = 5060;

/**
 * Where responses to `request` go: back over its connection, over UDP to the address it came from and the port that
 * RFC 3581 §4 or else RFC 3261 §18.2.2 says. `maddr` is not obeyed: it would let strangers aim our answers.
 */
export function responseDestination(request: SipRequest, source: Source): Destination {
  if (source.transport !== 'udp') return source;
  const via = topVia(request);
  const port = via?.parameters.has('rport') ? source.port : (via?.port ?? defaultPort);
  return { transport: 'udp', address: source.address, port };
}

/**
 * Where responses go when the connection of `request` is gone (RFC 3261 §18.2.2): to where its sender listens. Undefined
 * where that cannot lead anywhere: WebSocket, and senders behind a NAT, who show another address than they come from.
 */
export function responseFallback(request: SipRequest, source: Source): Destination | undefined {
  const { transport, address } = source;
  if (transport !== 'tcp' && transport !== 'tls') return undefined;
  const via = topVia(request);
  if (!via) return undefined;
  const isNamed = !isAddressLiteral(via.host);
  if (!isNamed && via.host.toLowerCase() !== address.toLowerCase()) return undefined;
  const port = via.port ?? (transport === 'tls' ? defaultPort + 1 : defaultPort);
  return { transport, address, port, ...(isNamed && transport === 'tls' ? { serverName: via.host } : {}) };
}
