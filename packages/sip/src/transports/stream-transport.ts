import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { systemRandom, systemTimers } from '@amtsleitung/base';
import type { RandomSource, Timers } from '@amtsleitung/base';
import { printMessage } from '../messages/print-message.ts';
import type { SipMessage } from '../messages/sip-message.ts';
import { ConnectionCount, connectionLimits } from './connection-limits.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import type { Destination, Source } from './destination.ts';
import { newFlowId } from './flow-names.ts';
import { LocalAddress, isSameFamily, isWildcard, plainAddress } from './local-address.ts';
import { StreamConnection } from './stream-connection.ts';
import type { HostPort, Transport, TransportHandlers } from './transport.ts';

export interface StreamTransportOptions {
  /** Address to bind; `0.0.0.0` for all of IPv4, `::` for all of IPv6 (and only that). */
  readonly address: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly publicAddress?: string;
  readonly timers?: Timers;
  readonly random?: RandomSource;
  readonly limits?: Partial<ConnectionLimits>;
  /** Shared with other transports, so that the limits hold for all of them together. */
  readonly connections?: ConnectionCount;
}

/** What tells TCP from TLS. */
export interface StreamProtocol {
  readonly protocol: 'tcp' | 'tls';
  /** False: it only opens connections. */
  readonly isListening: boolean;
  /** Hands on each accepted socket that may speak SIP; others it destroys. */
  accept(socket: Socket, ready: (socket: Socket) => void): void;
  connect(destination: Destination, localAddress: string | undefined): Socket;
  readonly readyEvent: 'connect' | 'secureConnect';
}

/** SIP over connections, RFC 3261 §18: listens, and opens connections where none stands. */
export class StreamTransport implements Transport {
  readonly protocol: 'tcp' | 'tls';
  readonly reliable = true;
  readonly #stream: StreamProtocol;
  readonly #options: StreamTransportOptions;
  readonly #limits: ConnectionLimits;
  readonly #count: ConnectionCount;
  readonly #local: LocalAddress;
  readonly #byFlow = new Map<string, StreamConnection>();
  /** By remote address, port and proven name, so that requests reuse what stands (RFC 3261 §18.1.1). */
  readonly #byPeer = new Map<string, StreamConnection>();
  readonly #greeting = new Set<Socket>();
  #server: Server | undefined;
  #handlers: TransportHandlers | undefined;

  constructor(options: StreamTransportOptions, stream: StreamProtocol) {
    this.#options = options;
    this.#stream = stream;
    this.protocol = stream.protocol;
    this.#limits = { ...connectionLimits, ...options.limits };
    this.#count = options.connections ?? new ConnectionCount(this.#limits);
    const { address: bound, publicAddress } = options;
    this.#local = new LocalAddress({ bound, ...(publicAddress === undefined ? {} : { publicAddress }) });
  }

  start(handlers: TransportHandlers): Promise<void> {
    this.#handlers = handlers;
    if (!this.#stream.isListening) return Promise.resolve();
    const server = createServer((socket) => this.#welcome(socket));
    this.#server = server;
    const { port, address: host } = this.#options;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host, ipv6Only: host.includes(':') }, () => {
        server.off('error', reject);
        // Out of file descriptors: the listener stays and accepts again later.
        server.on('error', () => {});
        resolve();
      });
    });
  }

  #welcome(socket: Socket): void {
    const address = plainAddress(socket.remoteAddress ?? '');
    const port = socket.remotePort ?? 0;
    if (address === '' || !this.#count.enter(address)) {
      socket.destroy();
      return;
    }
    // Counted from here on, and closed with the transport, also while a handshake is going on.
    this.#greeting.add(socket);
    socket.once('close', () => {
      this.#greeting.delete(socket);
      this.#count.leave(address);
    });
    this.#stream.accept(socket, (ready) => {
      if (this.#handlers) this.#adopt(ready, { address, port }, false);
      else ready.destroy();
    });
  }

  #adopt(socket: Socket, peer: PeerName, isOutgoing: boolean): StreamConnection {
    const { timers = systemTimers, random = systemRandom } = this.#options;
    const { address, port } = peer;
    const [flowId, handlers, secure] = [newFlowId(this.protocol), this.#handlers!, this.protocol === 'tls'];
    const source: Source = { transport: this.protocol, address, port, flowId, secure };
    const readyEvent = isOutgoing ? this.#stream.readyEvent : undefined;
    const shared = { socket, timers, random, limits: this.#limits, handlers };
    const connection = new StreamConnection({ ...shared, source, isOutgoing, readyEvent });
    const key = peerKey(peer);
    this.#byFlow.set(flowId, connection);
    this.#byPeer.set(key, connection);
    socket.once('close', () => {
      this.#byFlow.delete(flowId);
      if (this.#byPeer.get(key) === connection) this.#byPeer.delete(key);
      handlers.flowClosed(flowId, source);
    });
    return connection;
  }

  send(message: SipMessage, destination: Destination): Promise<void> {
    try {
      return this.#connectionTo(destination).send(printMessage(message));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #connectionTo(destination: Destination): StreamConnection {
    if (!this.#handlers) throw new Error(`${this.protocol} transport is closed`);
    const { flowId, address } = destination;
    const standing = flowId === undefined ? this.#byPeer.get(peerKey(destination)) : this.#byFlow.get(flowId);
    if (standing) return standing;
    if (flowId !== undefined) throw new Error('the connection is gone');
    if (!this.#count.enter(address)) throw new Error('too many connections');
    return this.#adopt(this.#dial(destination), destination, true);
  }

  #dial(destination: Destination): Socket {
    const { address: bound, timers = systemTimers } = this.#options;
    // A peer may know us by our address: connect from the one we listen on.
    const socket = this.#stream.connect(destination, isWildcard(bound) ? undefined : bound);
    const { connectMilliseconds } = this.#limits;
    const patience = timers.after(connectMilliseconds, () => socket.destroy(new Error('no connection')));
    socket.once(this.#stream.readyEvent, () => patience.cancel());
    socket.once('close', () => {
      patience.cancel();
      this.#count.leave(destination.address);
    });
    return socket;
  }

  /** The bound port; only after `start`. */
  get port(): number {
    return (this.#server?.address() as AddressInfo | null)?.port ?? this.#options.port;
  }

  serves(address: string): boolean {
    return isSameFamily(this.#options.address, address);
  }

  localAddress(destination: Destination): HostPort {
    return { host: this.#local.towards(destination.address), port: this.port };
  }

  viaName(): string {
    return this.protocol.toUpperCase();
  }

  isOpen(flowId: string): boolean {
    return this.#byFlow.has(flowId);
  }

  closeFlow(flowId: string): void {
    this.#byFlow.get(flowId)?.close();
  }

  close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const connection of [...this.#byFlow.values()]) connection.close();
    for (const socket of [...this.#greeting]) socket.destroy();
    this.#handlers = undefined;
    return new Promise((resolve) => (server ? server.close(() => resolve()) : resolve()));
  }
}

type PeerName = Pick<Destination, 'address' | 'port' | 'serverName'>;

function peerKey({ address, port, serverName = '' }: PeerName): string {
  return `${address} ${port} ${serverName}`;
}
