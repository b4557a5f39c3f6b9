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
