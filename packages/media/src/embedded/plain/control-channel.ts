import { UdpSocket } from '../udp-socket.ts';
import type { MediaSource } from './source-lock.ts';

export interface ControlChannelOptions {
  readonly address: string;
  /** The odd port above the leg's own, RFC 3550 §11. */
  readonly port: number;
  readonly onDatagram: (datagram: Buffer, address: string, port: number) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * RTCP beside a plain leg. Its socket is opened with the first report, so that calls that nobody answers for long do
 * without; when another program has the port, the leg does without for ever.
 */
export class ControlChannel {
  readonly #options: ControlChannelOptions;
  #socket: UdpSocket | undefined;
  #isTried = false;
  #isClosed = false;

  constructor(options: ControlChannelOptions) {
    this.#options = options;
  }

  send(packet: Buffer, length: number, target: MediaSource): void {
    if (this.#socket) return this.#socket.send(packet, length, target.address, target.port);
    if (this.#isTried) return;
    this.#isTried = true;
    // The buffer may be used for something else before the socket is there.
    void this.#open(Buffer.from(packet.subarray(0, length)), target);
  }

  close(): void {
    this.#isClosed = true;
    this.#socket?.close();
  }

  async #open(first: Buffer, target: MediaSource): Promise<void> {
    const socket = await UdpSocket.bind(this.#options).catch(() => undefined);
    if (!socket) return;
    if (this.#isClosed) return socket.close();
    this.#socket = socket;
    socket.send(first, first.length, target.address, target.port);
  }
}
