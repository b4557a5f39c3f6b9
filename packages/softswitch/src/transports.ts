import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Timers } from '@amtsleitung/base';
import {
  ConnectionCount,
  TcpTransport,
  TlsTransport,
  UdpTransport,
  WebSocketTransport,
  connectionLimits,
} from '@amtsleitung/sip';
import type { AddressFamily, ReceiveBuffer, TlsCertificate, Transport } from '@amtsleitung/sip';
import type { ListenOptions } from './softswitch-options.ts';

export interface Transports {
  readonly all: readonly Transport[];
  /** Ports as bound; after the start only. */
  readonly ports: () => { readonly udp?: number; readonly tcp?: number; readonly tls?: number };
  /** What the system gave the UDP sockets; after the start only. */
  readonly receiveBuffer: () => ReceiveBuffer | undefined;
  /** For handshakes from now on; throws when it cannot be used. Connections that stand stay. */
  readonly renewCertificate: (certificate: TlsCertificate) => void;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** The sockets of `listen`, and the door for browsers, which opens none. */
export function createTransports(listen: ListenOptions, timers: Timers): Transports {
  const connections = new ConnectionCount(connectionLimits);
  const addresses = [
    { address: listen.host, publicAddress: listen.publicAddress },
    ...(listen.secondHost === undefined
      ? []
      : [{ address: listen.secondHost, publicAddress: listen.secondPublicAddress }]),
  ];
  const { udpPort, tcpPort, tls } = listen;
  const udp = udpPort === undefined ? [] : addresses.map((at) => new UdpTransport({ ...at, port: udpPort }));
  const tcp =
    tcpPort === undefined ? [] : addresses.map((at) => new TcpTransport({ ...at, port: tcpPort, timers, connections }));
  const secure = addresses.map((at) => new TlsTransport({ port: defaultTlsPort, ...tls, ...at, timers, connections }));
  const { host, publicAddress, isAllowedOrigin, behindProxy } = listen;
  const webSocket = new WebSocketTransport({
    host: publicAddress ?? host,
    port: udpPort ?? 5060,
    timers,
    connections,
  });
  return {
    all: [...udp, ...tcp, ...secure, webSocket],
    ports: () => ({
      ...(udp[0] ? { udp: udp[0].port } : {}),
      ...(tcp[0] ? { tcp: tcp[0].port } : {}),
      ...(tls?.certificate && secure[0] ? { tls: secure[0].port } : {}),
    }),
    receiveBuffer: () => udp[0]?.receiveBuffer,
    renewCertificate: (certificate) => {
      for (const one of secure) one.setCertificate(certificate);
    },
    upgrade: (request, socket, head) => {
      const { origin, host } = request.headers;
      if (!isAllowedOrigin(origin, host)) return refuse(socket);
      const address = behindProxy ? forwardedFor(request) : undefined;
      webSocket.handleUpgrade(request, socket, head, address === undefined ? {} : { address });
    },
  };
}

/** Address families there is a socket for, that of `host` first. */
export const familiesOf = ({ host, secondHost }: ListenOptions): readonly AddressFamily[] =>
  [host, secondHost].flatMap((address) => (address === undefined ? [] : address.includes(':') ? [6] : [4]));

const defaultTlsPort = 5061;

/** The address our own proxy saw: the last one; whatever stands before it the browser may have made up. */
const forwardedFor = (request: IncomingMessage): string | undefined =>
  [request.headers['x-forwarded-for']].flat().join(',').split(',').at(-1)?.trim() || undefined;

function refuse(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}
