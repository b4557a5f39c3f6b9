import type { Clock } from '@amtsleitung/base';
import { isIpv6 } from '../../sdp/media-address.ts';
import { parseRtcp } from '../../rtp/rtcp-packet.ts';
import { isRtcp, newRtpFields, readRtp } from '../../rtp/rtp-packet.ts';
import type { LegTransport, LegTransportEvents } from '../legs/leg-transport.ts';
import type { MasterKey } from '../srtp/srtp-keys.ts';
import { SrtpReceiver } from '../srtp/srtp-receiver.ts';
import { SrtpSender } from '../srtp/srtp-sender.ts';
import { UdpSocket } from '../udp-socket.ts';
import { ControlChannel } from './control-channel.ts';
import type { PortPool } from './port-pool.ts';
import type { SdesAgreement } from './sdes-exchange.ts';
import { SourceLock, type FarSide, type MediaSource } from './source-lock.ts';

export interface PlainTransportOptions {
  readonly bindAddress: string;
  readonly ports: PortPool;
  readonly clock: Clock;
  readonly farSide: FarSide;
  /** Nothing is sent or heard before there are keys. */
  readonly encrypted: boolean;
  readonly events: LegTransportEvents;
  readonly onError: (error: unknown) => void;
}

const fields = newRtpFields();
/** Another program may hold some ports of our range. */
const maximumAttempts = 20;

/** The length of the tag behind each RTP packet, RFC 4568 §6.2. */
const tagLengths = { AES_CM_128_HMAC_SHA1_80: 10, AES_CM_128_HMAC_SHA1_32: 4 } as const;

/** A far side's place for media and for RTCP. */
export interface PlainRemote extends MediaSource {
  readonly controlPort: number;
}

/** RTP/AVP or RTP/SAVP on a port of its own, with RTCP on the one above. */
export class PlainTransport implements LegTransport {
  readonly #options: PlainTransportOptions;
  #socket!: UdpSocket;
  #control!: ControlChannel;
  #remote: PlainRemote | undefined;
  /** Where the far side's own reports come from. */
  #controlSource: MediaSource | undefined;
  #lock: SourceLock | undefined;
  #lastSign: number | undefined;
  #keys: SdesAgreement | undefined;
  #sender: SrtpSender | undefined;
  #receiver: SrtpReceiver | undefined;

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
    return this.#lock !== undefined && (!this.#options.encrypted || this.#sender !== undefined);
  }

  get lastSign(): number | undefined {
    return this.#lastSign;
  }

  setRemote(remote: PlainRemote): void {
    this.#remote = remote;
    if (this.#lock) this.#lock.renegotiate(remote);
    else this.#lock = new SourceLock(remote, this.#options.farSide);
  }

  /** Whether its socket reaches addresses of that IP version. */
  speaks(address: string): boolean {
    return isIpv6(this.#options.bindAddress) === isIpv6(address);
  }

  /** Keys that did not change keep their packet counters, RFC 3711 §3.2.1. */
  setKeys(keys: SdesAgreement): void {
    const known = this.#keys;
    const isSameSuite = known?.suite === keys.suite;
    const tagLength = tagLengths[keys.suite];
    if (!isSameSuite || !sameKey(known.send, keys.send)) this.#sender = new SrtpSender(keys.send, tagLength);
    if (!isSameSuite || !sameKey(known.receive, keys.receive))
      this.#receiver = new SrtpReceiver(keys.receive, tagLength);
    this.#keys = keys;
  }

  send(packet: Buffer, length: number): void {
    if (!this.ready) return;
    const target = this.#lock?.takeTarget();
    if (!target) return;
    const protectedLength = this.#sender ? this.#sender.protect(packet, length) : length;
    this.#socket.send(packet, protectedLength, target.address, target.port);
  }

  /** Reports go to who was heard, and nobody else. */
  sendControl(packet: Buffer, length: number): void {
    const target = this.ready ? this.#controlTarget() : undefined;
    if (!target) return;
    const protectedLength = this.#sender ? this.#sender.protectControl(packet, length) : length;
    this.#control.send(packet, protectedLength, target);
  }

  close(): void {
    this.#socket.close();
    this.#control.close();
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
      this.#control = new ControlChannel({
        address,
        port: port + 1,
        onError,
        onDatagram: (datagram, from, fromPort) => this.#receiveControl(datagram, from, fromPort),
      });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
      throw error;
    }
  }

  #receive(datagram: Buffer, address: string, port: number): void {
    if (!this.#lock || isRtcp(datagram)) return;
    const packet = this.#options.encrypted ? this.#receiver?.unprotect(datagram) : datagram;
    if (!packet || !readRtp(packet, fields)) return;
    if (!this.#lock.admit(address, port, fields.ssrc, fields.sequence)) return;
    this.#lastSign = this.#options.clock.monotonic();
    this.#options.events.onPacket(packet);
  }

  /** RFC 3550 §6.2: who reports is there, even while it says nothing. */
  #receiveControl(datagram: Buffer, address: string, port: number): void {
    if (this.#lock?.proven?.address !== address || !isRtcp(datagram)) return;
    const packet = this.#options.encrypted ? this.#receiver?.unprotectControl(datagram) : datagram;
    if (!packet || !parseRtcp(packet)) return;
    this.#lastSign = this.#options.clock.monotonic();
    this.#controlSource = { address, port };
  }

  /** As described; behind a router, where the far side's reports come from. */
  #controlTarget(): MediaSource | undefined {
    const [proven, remote] = [this.#lock?.proven, this.#remote];
    if (!proven || !remote) return undefined;
    if (this.#controlSource?.address === proven.address) return this.#controlSource;
    const isAsDescribed = proven.address === remote.address && proven.port === remote.port;
    return isAsDescribed ? { address: remote.address, port: remote.controlPort } : undefined;
  }
}

const sameKey = (left: MasterKey, right: MasterKey): boolean =>
  left.key.equals(right.key) && left.salt.equals(right.salt);
