import type { Registration } from '@amtsleitung/domain';
import type { Destination, Source } from '@amtsleitung/sip';

/** A registered contact and the way to it. */
export interface Location extends Registration {
  /** The connection of a TCP or WebSocket contact; it ends with that connection. */
  readonly flowId?: string;
  /** The phone takes long requests over TCP (RFC 3261 §18.1.1). */
  readonly alsoTcp?: boolean;
}

/** Where a request comes from; `phone` is the sender's own address when a proxy of ours stands in between. */
export interface Place extends Source {
  readonly phone?: { readonly address: string; readonly port: number };
}

/** The address that answers for what a request does: throttles and nonces go by it. */
export const senderAddress = (place: Place): string => place.phone?.address ?? place.address;

/** Requests go where the REGISTER came from, whatever the contact says: that works through NAT (RFC 3581, RFC 5626). */
export const destinationOf = (location: Location): Destination => ({
  transport: location.transport,
  address: location.sourceAddress,
  port: location.sourcePort,
  ...(location.flowId === undefined ? {} : { flowId: location.flowId }),
  ...(location.alsoTcp === true ? { alsoTcp: true } : {}),
});

/** One text per connection, per UDP address and port, or per phone behind a proxy. */
export const flowKey = (place: Destination | Place): string => {
  const phone = 'phone' in place ? place.phone : undefined;
  if (phone) return `${place.transport} ${place.address} for ${phone.address} ${phone.port}`;
  return place.flowId ?? `${place.transport} ${place.address} ${place.port}`;
};

/** The place a location was registered from. */
export const placeOf = (location: Location): Destination & Pick<Place, 'phone'> => ({
  ...destinationOf(location),
  ...(location.route?.phone ? { phone: location.route.phone } : {}),
});

/** Flows of one phone have the same text (RFC 5626 §6); undefined: a contact of its own. */
export const instanceKey = ({ deviceId, route }: Location): string | undefined =>
  route?.instance !== undefined && route.regId !== undefined ? `${deviceId} ${route.instance}` : undefined;
