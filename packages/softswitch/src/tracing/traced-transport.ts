import type { Destination, HostPort, SipMessage, Source, Transport, TransportHandlers } from '@amtsleitung/sip';

/** Hears every message; must be quick and never throw. */
export interface MessageTap {
  heard(direction: 'received' | 'sent', message: SipMessage, transport: Transport['protocol']): void;
}

/** The same transport with somebody listening. */
export function tracedTransport(inner: Transport, tap: MessageTap): Transport {
  const { protocol, reliable } = inner;
  return {
    protocol,
    reliable,
    start: (handlers: TransportHandlers) =>
      inner.start({
        message: (message: SipMessage, source: Source) => {
          tap.heard('received', message, protocol);
          handlers.message(message, source);
        },
        unreadable: (broken, source) => handlers.unreadable(broken, source),
        flowClosed: (flowId, peer) => handlers.flowClosed(flowId, peer),
      }),
    send: (message: SipMessage, destination: Destination) => {
      tap.heard('sent', message, protocol);
      return inner.send(message, destination);
    },
    localAddress: (destination: Destination): HostPort => inner.localAddress(destination),
    viaName: (destination: Destination) => inner.viaName(destination),
    ...(inner.serves ? { serves: (address: string) => inner.serves!(address) } : {}),
    ...(inner.isOpen ? { isOpen: (flowId: string) => inner.isOpen!(flowId) } : {}),
    closeFlow: (flowId: string) => inner.closeFlow(flowId),
    close: () => inner.close(),
  };
}
