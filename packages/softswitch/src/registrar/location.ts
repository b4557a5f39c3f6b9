import type { Registration } from '@amtsleitung/domain';
import type { Destination, Source } from '@amtsleitung/sip';

/** A registered contact and the way to it. */
export interface Location extends Registration {
  /** The connection of a TCP or WebSocket contact; it ends with that connection. */
  readonly flowId?: string;
}

/** Requests go where the REGISTER came from, whatever the contact says: that works through NAT (RFC 3581, RFC 5626). */
export const destinationOf = (location: Location): Destination => ({
  transport: location.transport,
  address: location.sourceAddress,
  port: location.sourcePort,
  ...(location.flowId === undefined ? {} : { flowId: location.flowId }),
});

/** One text per connection, or per UDP address and port. */
export const flowKey = (place: Destination | Source): string =>
  place.flowId ?? `${place.transport} ${place.address} ${place.port}`;
