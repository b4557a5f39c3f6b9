import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { systemTimers } from '@amtsleitung/base';
import type { Timers } from '@amtsleitung/base';
import { printMessage } from '../messages/print-message.ts';
import type { SipMessage } from '../messages/sip-message.ts';
import { ConnectionCount, connectionLimits } from './connection-limits.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import type { Destination, Source } from './destination.ts';
import { newFlowId } from './flow-names.ts';
import { LocalAddress, isWildcard, plainAddress } from './local-address.ts';
import { TcpConnection } from './tcp-connection.ts';
import type { HostPort, Transport, TransportHandlers } from './transport.ts';

export interface TcpTransportOptions {
  readonly address: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly publicAddress?: string;
  readonly timers?: Timers;
  readonly limits?: Partial<ConnectionLimits>;
}

/** SIP over TCP, RFC 3261 §18: listens, and opens connections where none stands. */
export class TcpTransport implements Transport {
  readonly protocol = 'tcp';
  readonly reliable = true;
  readonly #options: TcpTransportOptions;
  readonly #limits: ConnectionLimits;
  readonly #count: ConnectionCount;
  readonly #local: LocalAddress;
  readonly #byFlow = new Map<string, TcpConnection>();
  /** By remote address and port, so that requests reuse what stands (RFC 3261 §18.1.1). */
  readonly #byPeer = new Map<string, TcpConnection>();
  #server: Server | undefined;
  #handlers: TransportHandlers | undefined;

  constructor(options: TcpTransportOptions) {
    this.#options = options;
    this.#limits = { ...connectionLimits, ...options.limits };
    this.#count = new ConnectionCount(this.#limits);
    this.#local = new LocalAddress({
      bound: options.address,
      ...(options.publicAddress === undefined ? {} : { publicAddress: options.publicAddress }),
    });
  }

  start(handlers: TransportHandlers): Promise<void> {
    this.#handlers = handlers;
    const server = createServer((socket) => this.#welcome(socket));
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#options.port, this.#options.address, () => {
        server.off('error', reject);
        // Out of file descriptors: the listener stays and accepts again later.
        server.on('error', () => {});
        resolve();
      });
    });
  }

  #welcome(socket: Socket): void {
    const address = plainAddress(socket.remoteAddress ?? '');
    if (address === '' || !this.#count.enter(address)) {
      socket.destroy();
      return;
    }
    this.#adopt(socket, address, socket.remotePort ?? 0, false);
  }

  #adopt(socket: Socket, address: string, port: number, isOutgoing: boolean): TcpConnection {
    const flowId = newFlowId('tcp');
    const source: Source = { transport: 'tcp', address, port, flowId, secure: false };
    const timers = this.#options.timers ?? systemTimers;
    const handlers = this.#handlers!;
    const connection = new TcpConnection({ socket, source, timers, limits: this.#limits, handlers, isOutgoing });
    const peer = peerKey(address, port);
    this.#byFlow.set(flowId, connection);
    this.#byPeer.set(peer, connection);
    socket.once('close', () => {
      this.#byFlow.delete(flowId);
      if (this.#byPeer.get(peer) === connection) this.#byPeer.delete(peer);
      this.#count.leave(address);
      handlers.flowClosed(flowId);
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

  #connectionTo({ flowId, address, port }: Destination): TcpConnection {
    if (!this.#server) throw new Error('TCP transport is closed');
    const standing = flowId === undefined ? this.#byPeer.get(peerKey(address, port)) : this.#byFlow.get(flowId);
    if (standing) return standing;
    if (flowId !== undefined) throw new Error('the connection is gone');
    if (!this.#count.enter(address)) throw new Error('too many connections');
    // A peer may know us by our address: connect from the one we listen on.
    const { address: bound } = this.#options;
    const socket = connect({ host: address, port, ...(isWildcard(bound) ? {} : { localAddress: bound }) });
    const timers = this.#options.timers ?? systemTimers;
    const patience = timers.after(this.#limits.connectMilliseconds, () => socket.destroy(new Error('no connection')));
    socket.once('connect', () => patience.cancel());
    socket.once('close', () => patience.cancel());
    return this.#adopt(socket, address, port, true);
  }

  /** The bound port; only after `start`. */
  get port(): number {
    return (this.#server?.address() as AddressInfo | null)?.port ?? this.#options.port;
  }

  localAddress(destination: Destination): HostPort {
    return { host: this.#local.towards(destination.address), port: this.port };
  }

  viaName(): string {
    return 'TCP';
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
    return new Promise((resolve) => (server ? server.close(() => resolve()) : resolve()));
  }
}

function peerKey(address: string, port: number): string {
  return `${address} ${port}`;
}
