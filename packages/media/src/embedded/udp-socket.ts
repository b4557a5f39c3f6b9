import { createSocket, type Socket } from 'node:dgram';

export interface UdpSocketOptions {
  readonly address: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly receiveBufferBytes?: number;
  readonly onDatagram: (datagram: Buffer, address: string, port: number) => void;
  /** A datagram that broke its handler: nobody outside may end the process of all calls. */
  readonly onError: (error: unknown) => void;
}

/**
 * A socket that never asks DNS and never fails its process. Bound to an IPv6 address it speaks IPv6, bound to `::` both;
 * IPv4 addresses are always told and taken as IPv4.
 */
export class UdpSocket {
  readonly #socket: Socket;
  readonly #isIpv6: boolean;
  readonly port: number;
  #open = true;

  private constructor(socket: Socket) {
    this.#socket = socket;
    const { port, family } = socket.address();
    this.port = port;
    this.#isIpv6 = family === 'IPv6';
  }

  /** Rejects with the system's error (EADDRINUSE …) when it cannot be bound. */
  static bind(options: UdpSocketOptions): Promise<UdpSocket> {
    const family = familyOf(options.address);
    const socket = createSocket({
      type: family === 6 ? 'udp6' : 'udp4',
      // Addresses are numbers already: without this every send would take the way through the resolver.
      lookup: (address, _options, found) => found(null, address, family),
      ...(options.receiveBufferBytes === undefined ? {} : { recvBufferSize: options.receiveBufferBytes }),
    });
    socket.on('message', (datagram, source) => {
      try {
        options.onDatagram(datagram, withoutMapping(source.address), source.port);
      } catch (error) {
        options.onError(error);
      }
    });
    return new Promise((resolve, reject) => {
      socket.once('error', (error) => {
        socket.close();
        reject(error);
      });
      socket.bind({ address: options.address, port: options.port, exclusive: true }, () => {
        socket.removeAllListeners('error');
        // An unreachable far side is the far side's trouble; its silence is noticed by the watchdog.
        socket.on('error', () => {});
        resolve(new UdpSocket(socket));
      });
    });
  }

  /** Sends `buffer[0 … length)`; what the system refuses is lost like any datagram. */
  send(buffer: Buffer, length: number, address: string, port: number): void {
    if (!this.#open) return;
    const target = this.#isIpv6 && familyOf(address) === 4 ? `${mappedPrefix}${address}` : address;
    // Without a callback a wrong address family would be thrown at us.
    this.#socket.send(buffer, 0, length, port, target, ignore);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#socket.close();
  }
}

/** How an IPv6 socket names IPv4 addresses, RFC 4291 §2.5.5.2. */
const mappedPrefix = '::ffff:';

const withoutMapping = (address: string): string =>
  address.startsWith(mappedPrefix) && address.includes('.') ? address.slice(mappedPrefix.length) : address;

const familyOf = (address: string): 4 | 6 => (address.includes(':') ? 6 : 4);

const ignore = (): void => {};
