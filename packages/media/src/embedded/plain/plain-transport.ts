import type { Clock } from '@amtsleitung/base';
import { isRtcp, newRtpFields, readRtp } from '../../rtp/rtp-packet.ts';
import type { LegTransport, LegTransportEvents } from '../legs/leg-transport.ts';
import { UdpSocket } from '../udp-socket.ts';
import type { PortPool } from './port-pool.ts';
import { SourceLock, type FarSide, type MediaSource } from './source-lock.ts';

export interface PlainTransportOptions {
  readonly bindAddress: string;
  readonly ports: PortPool;
  readonly clock: Clock;
  readonly farSide: FarSide;
  readonly events: LegTransportEvents;
  readonly onError: (error: unknown) => void;
}

const fields = newRtpFields();
/** Another program may hold some ports of our range. */
const maximumAttempts = 20;

/** RTP/AVP on a port of its own. RTCP is not used: nothing listens on the odd port beside it. */
export class PlainTransport implements LegTransport {
  readonly #options: PlainTransportOptions;
  #socket!: UdpSocket;
  #lock: SourceLock | undefined;
  #lastSign: number | undefined;

  private constructor(options: PlainTransportOptions) {
    this.#options = options;
  }

  /** Undefined when no port is free. */
  static async open(options: PlainTransportOptions): Promise<PlainTransport | undefined> {
    const transport = new PlainTransport(options);
    for (let attempt = 0; attempt < maximumAttempts; attempt++) {
      const port = options.ports.take();
      if (port === undefined) return undefined;
      if (await transport.#bind(port)) return transport;
      options.ports.release(port);
    }
    return undefined;
  }

  get port(): number {
    return this.#socket.port;
  }

  get ready(): boolean {
    return this.#lock !== undefined;
  }

  get lastSign(): number | undefined {
    return this.#lastSign;
  }

  setRemote(remote: MediaSource): void {
    if (this.#lock) this.#lock.renegotiate(remote);
    else this.#lock = new SourceLock(remote, this.#options.farSide);
  }

  send(packet: Buffer, length: number): void {
    const target = this.#lock?.takeTarget();
    if (target) this.#socket.send(packet, length, target.address, target.port);
  }

  sendControl(): void {
    // No RTCP on plain legs.
  }

  close(): void {
    this.#socket.close();
    this.#options.ports.release(this.#socket.port);
  }

  async #bind(port: number): Promise<boolean> {
    const { bindAddress: address, onError } = this.#options;
    try {
      this.#socket = await UdpSocket.bind({
        address,
        port,
        onError,
        onDatagram: (datagram, from, fromPort) => this.#receive(datagram, from, fromPort),
      });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
      throw error;
    }
  }

  #receive(datagram: Buffer, address: string, port: number): void {
    if (!this.#lock || isRtcp(datagram) || !readRtp(datagram, fields)) return;
    if (!this.#lock.admit(address, port, fields.ssrc, fields.sequence)) return;
    this.#lastSign = this.#options.clock.monotonic();
    this.#options.events.onPacket(datagram);
  }
}
