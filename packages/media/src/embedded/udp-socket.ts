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

/** A socket that never asks DNS and never fails its process. It speaks the IP version of its address, and only that. */
export class UdpSocket {
  readonly #socket: Socket;
  readonly port: number;
  #open = true;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.port = socket.address().port;
  }

  /** Rejects with the system's error (EADDRINUSE …) when it cannot be bound. */
  static bind(options: UdpSocketOptions): Promise<UdpSocket> {
    const family = familyOf(options.address);
    const socket = createSocket({
      type: family === 6 ? 'udp6' : 'udp4',
      ipv6Only: family === 6,
      // Addresses are numbers already: without this every send would take the way through the resolver.
      lookup: (address, _options, found) => found(null, address, family),
      ...(options.receiveBufferBytes === undefined ? {} : { recvBufferSize: options.receiveBufferBytes }),
    });
    socket.on('message', (datagram, source) => {
      try {
        options.onDatagram(datagram, source.address, source.port);
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
    // Without a callback a wrong address family would be thrown at us.
    this.#socket.send(buffer, 0, length, port, address, ignore);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#socket.close();
  }
}

const familyOf = (address: string): 4 | 6 => (address.includes(':') ? 6 : 4);

const ignore = (): void => {};
