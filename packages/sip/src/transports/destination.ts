/** How bytes travel. `ws` covers WSS too: the flow knows whether it is encrypted. */
export type TransportProtocol = 'udp' | 'tcp' | 'tls' | 'ws';

/**
 * Where a message goes. With `flowId` it leaves over exactly that connection (registered TCP and WebSocket contacts);
 * without, TCP opens or reuses a connection to address and port. `address` is an IP literal, never a name.
 */
export interface Destination {
  readonly transport: TransportProtocol;
  readonly address: string;
  readonly port: number;
  readonly flowId?: string;
  /** TLS: the name its certificate has to prove; default the address (RFC 5922 §7.1). */
  readonly serverName?: string;
  /** The peer is known to listen on TCP at the same port: requests above 1300 bytes go there (RFC 3261 §18.1.1). */
  readonly alsoTcp?: boolean;
}

/** Where a message came from; itself a destination. */
export interface Source extends Destination {
  /** Came over TLS (WSS). */
  readonly secure: boolean;
}
