import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Timers } from '@amtsleitung/base';
import { TcpTransport, UdpTransport, WebSocketTransport } from '@amtsleitung/sip';
import type { Transport } from '@amtsleitung/sip';
import type { ListenOptions } from './softswitch-options.ts';

export interface Transports {
  readonly all: readonly Transport[];
  /** Ports as bound; after the start only. */
  readonly ports: () => { readonly udp?: number; readonly tcp?: number };
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** The sockets of `listen`, and the door for browsers, which opens none. */
export function createTransports(listen: ListenOptions, timers: Timers): Transports {
  const { host: address, udpPort, tcpPort, publicAddress } = listen;
  const shown = publicAddress === undefined ? {} : { publicAddress };
  const udp = udpPort === undefined ? undefined : new UdpTransport({ address, port: udpPort, ...shown });
  const tcp = tcpPort === undefined ? undefined : new TcpTransport({ address, port: tcpPort, timers, ...shown });
  const webSocket = new WebSocketTransport({ host: publicAddress ?? address, port: udpPort ?? 5060, timers });
  return {
    all: [...(udp ? [udp] : []), ...(tcp ? [tcp] : []), webSocket],
    ports: () => ({ ...(udp ? { udp: udp.port } : {}), ...(tcp ? { tcp: tcp.port } : {}) }),
    upgrade: (request, socket, head) => {
      const { origin, host } = request.headers;
      if (!listen.isAllowedOrigin(origin, host)) return refuse(socket);
      const address = listen.behindProxy ? forwardedFor(request) : undefined;
      webSocket.handleUpgrade(request, socket, head, address === undefined ? {} : { address });
    },
  };
}

/** The address our own proxy saw: the last one; whatever stands before it the browser may have made up. */
const forwardedFor = (request: IncomingMessage): string | undefined =>
  [request.headers['x-forwarded-for']].flat().join(',').split(',').at(-1)?.trim() || undefined;

function refuse(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}
