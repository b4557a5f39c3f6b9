import type { SipMessage, SipRequest } from '../messages/sip-message.ts';
import type { Destination, Source, TransportProtocol } from './destination.ts';

/** A request so broken that it must not reach the transaction layer, but whose sender deserves an answer. */
export interface UnreadableRequest {
  readonly status: number;
  readonly reason: string;
  /** Holds at least Via, From, To, Call-ID and CSeq. */
  readonly request: SipRequest;
}

export interface TransportHandlers {
  message(message: SipMessage, source: Source): void;
  unreadable(broken: UnreadableRequest, source: Source): void;
  /** A connection is gone; nothing can be sent to its `flowId` any more. `peer`: whom it led to. */
  flowClosed(flowId: string, peer?: Source): void;
}

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** The transport layer as the layers above see it, RFC 3261 §18. */
export interface Transport {
  readonly protocol: TransportProtocol;
  /** TCP, TLS and WebSocket: no retransmissions by us. */
  readonly reliable: boolean;
  /** Opens the socket (rejects when the port is taken) and delivers from now on. */
  start(handlers: TransportHandlers): Promise<void>;
  /** Queues `message`. Rejects when the peer cannot be reached; resolves when the bytes were handed to the system. */
  send(message: SipMessage, destination: Destination): Promise<void>;
  /** Whether it reaches addresses of this kind: sockets speak IPv4 or IPv6. A transport without this reaches all. */
  serves?(address: string): boolean;
  /** What Via and Contact show towards `destination`. */
  localAddress(destination: Destination): HostPort;
  /** `UDP`, `TCP`, `TLS`, `WS` or `WSS` for the Via towards `destination`. */
  viaName(destination: Destination): string;
  /** Whether a connection still stands. A transport without this is believed to keep its connections. */
  isOpen?(flowId: string): boolean;
  /** Closes one connection; unknown flows are ignored. */
  closeFlow(flowId: string): void;
  close(): Promise<void>;
}
