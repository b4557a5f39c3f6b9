import { createSocket } from 'node:dgram';
import type { RemoteInfo, Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { parseMessage } from '../messages/parse-message.ts';
import { printMessage } from '../messages/print-message.ts';
import type { SipMessage } from '../messages/sip-message.ts';
import { deliver } from './deliver.ts';
import type { Destination } from './destination.ts';
import { LocalAddress, isSameFamily, plainAddress } from './local-address.ts';
import { stunAnswer } from './stun-binding.ts';
import type { HostPort, Transport, TransportHandlers } from './transport.ts';

export interface UdpTransportOptions {
  /** Address to bind; `0.0.0.0` for all of IPv4, `::` for all of IPv6 (and only that). */
  readonly address: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly publicAddress?: string;
}

/** What a socket may hold while the process is busy, in octets. */
export interface ReceiveBuffer {
  readonly asked: number;
  readonly granted: number;
}

/** Room for a burst while the process is busy; the system may grant less. */
const receiveBufferBytes = 4 * 1024 * 1024;

/** SIP over UDP, RFC 3261 §18. */
export class UdpTransport implements Transport {
  readonly protocol = 'udp';
  readonly reliable = false;
  readonly #options: UdpTransportOptions;
  readonly #local: LocalAddress;
  #socket: Socket | undefined;
  #port: number | undefined;

  constructor(options: UdpTransportOptions) {
    this.#options = options;
    this.#local = new LocalAddress({
      bound: options.address,
      ...(options.publicAddress === undefined ? {} : { publicAddress: options.publicAddress }),
    });
  }

  start(handlers: TransportHandlers): Promise<void> {
    const socket = createSocket({
      ...(isIPv6(this.#options.address) ? { type: 'udp6', ipv6Only: true } : { type: 'udp4' }),
      recvBufferSize: receiveBufferBytes,
      // Addresses are numbers already: without this every send would take the way through the resolver.
      lookup: (address, _options, found) => found(null, address, isIPv6(address) ? 6 : 4),
    });
    this.#socket = socket;
    socket.on('message', (data, from) => this.#receive(data, from, handlers));
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(this.#options.port, this.#options.address, () => {
        socket.off('error', reject);
        this.#port = socket.address().port;
        // Later errors are those of single datagrams (ICMP); the send callback reports them.
        socket.on('error', () => {});
        resolve();
      });
    });
  }

  #receive(data: Uint8Array, from: RemoteInfo, handlers: TransportHandlers): void {
    // A source port of 0 cannot be answered.
    if (from.port === 0) return;
    // RFC 5626 §8: a STUN message begins with two zero bits, no SIP message does.
    if (data.length > 0 && data[0]! < 0x40) {
      const answer = stunAnswer(data, plainAddress(from.address), from.port);
      if (answer) this.#socket?.send(answer, from.port, from.address, () => {});
      return;
    }
    const source = { transport: 'udp', address: plainAddress(from.address), port: from.port, secure: false } as const;
    deliver(parseMessage(data), source, handlers);
  }

  send(message: SipMessage, destination: Destination): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.#socket) return reject(new Error('UDP transport is closed'));
      this.#socket.send(printMessage(message), destination.port, destination.address, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  }

  /** The bound port; only after `start`. */
  get port(): number {
    return this.#port ?? this.#options.port;
  }

  /** Only after `start`. */
  get receiveBuffer(): ReceiveBuffer {
    const bytes = this.#socket?.getRecvBufferSize() ?? 0;
    // socket(7): Linux doubles what it grants, for its own book-keeping, and tells the double.
    return { asked: receiveBufferBytes, granted: process.platform === 'linux' ? bytes / 2 : bytes };
  }

  serves(address: string): boolean {
    return isSameFamily(this.#options.address, address);
  }

  localAddress(destination: Destination): HostPort {
    return { host: this.#local.towards(destination.address), port: this.port };
  }

  viaName(): string {
    return 'UDP';
  }

  /** UDP has no connections. */
  closeFlow(): void {}

  close(): Promise<void> {
    const socket = this.#socket;
    this.#socket = undefined;
    return new Promise((resolve) => (socket ? socket.close(() => resolve()) : resolve()));
  }
}
