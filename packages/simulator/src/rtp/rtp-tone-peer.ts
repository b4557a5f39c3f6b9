import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { systemClock, systemRandom, systemTimers, type Clock, type RandomSource, type Timers } from '@amtsleitung/base';
import {
  DigitReceiver,
  DigitSender,
  ReceptionStatistics,
  codecOf,
  decodeG711,
  encodeG711,
  isRtcp,
  parseRtp,
  printRtp,
  type CodecName,
  type RtpPacket,
} from '@amtsleitung/media';
import { silenceSource, type AudioSource } from '../tone/audio-source.ts';
import { Ear } from '../tone/ear.ts';
import { FrameClock } from './frame-clock.ts';
import type { DescribedMedia, Direction } from './phone-sdp.ts';

export interface RtpTonePeerOptions {
  /** Local address; default 127.0.0.1. */
  readonly host?: string;
  readonly codec?: CodecName;
  /** What it says at first; default silence. */
  readonly says?: AudioSource;
  /** Payload type of RFC 4733 digits; default 101. */
  readonly digitsPayloadType?: number;
  readonly clock?: Clock;
  readonly timers?: Timers;
  readonly random?: RandomSource;
  /** Share one among many peers. */
  readonly frames?: FrameClock;
}

interface Target {
  readonly host: string;
  readonly port: number;
}

const frameSamples = 160;
/** After this many beats without a packet, the line is silent. */
const patienceFrames = 5;
const rememberedDigits = 128;

/**
 * One end of a G.711 call as a UDP endpoint: says a tone (or a recording), listens to what comes back.
 * Sends where it is told by `sendTo`, else to whoever sends first (symmetric RTP, RFC 4961).
 */
export class RtpTonePeer {
  readonly ear: Ear;
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #random: RandomSource;
  readonly #digitsType: number;
  readonly #received = new DigitReceiver();
  readonly #sender = new DigitSender();
  readonly #statistics = new ReceptionStatistics();
  readonly #leave: () => void;
  readonly #ssrc: number;
  #codec: CodecName;
  #says: AudioSource;
  #target: Target | 'nowhere' | undefined;
  #sending = true;
  #sequence: number;
  #timestamp: number;
  #sent = 0;
  #idleFrames = patienceFrames;
  #digits = '';
  #lastSender: RemoteInfo | undefined;

  private constructor(socket: Socket, options: RtpTonePeerOptions) {
    this.#socket = socket;
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? systemRandom;
    this.#codec = options.codec ?? 'PCMA';
    this.#says = options.says ?? silenceSource;
    this.#digitsType = options.digitsPayloadType ?? 101;
    this.#ssrc = Buffer.from(this.#random.bytes(4)).readUInt32BE();
    this.#sequence = this.#random.integer(0x10000);
    this.#timestamp = Buffer.from(this.#random.bytes(4)).readUInt32BE();
    const timers = options.timers ?? systemTimers;
    this.ear = new Ear(timers);
    socket.on('message', (packet, source) => this.#take(packet, source));
    // An ICMP refusal of a far side that is gone is not this peer's failure.
    socket.on('error', () => {});
    this.#leave = (options.frames ?? new FrameClock(this.#clock, timers)).join(() => this.#beat());
  }

  static open(options: RtpTonePeerOptions = {}): Promise<RtpTonePeer> {
    const socket = createSocket('udp4');
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(0, options.host ?? '127.0.0.1', () => {
        socket.off('error', reject);
        resolve(new RtpTonePeer(socket, options));
      });
    });
  }

  get host(): string {
    return this.#socket.address().address;
  }

  get port(): number {
    return this.#socket.address().port;
  }

  get packetsSent(): number {
    return this.#sent;
  }

  get packetsReceived(): number {
    return this.#statistics.packetsReceived;
  }

  get packetsLost(): number {
    return this.#statistics.packetsLost;
  }

  /** Every digit pressed on the far side so far (the last 128). */
  get digits(): string {
    return this.#digits;
  }

  /** Where the last packet came from, `address:port`. */
  get heardFrom(): string | undefined {
    return this.#lastSender && `${this.#lastSender.address}:${this.#lastSender.port}`;
  }

  /** What a session description of this peer says. */
  described(direction: Direction = 'sendrecv'): DescribedMedia {
    return { host: this.host, port: this.port, codec: this.#codec, digits: this.#digitsType, direction };
  }

  /** Replaces what it says. */
  say(source: AudioSource): void {
    this.#says = source;
  }

  /** Sends there from now on; port 0 or 0.0.0.0 stops it. */
  sendTo(media: Pick<DescribedMedia, 'host' | 'port'> & { readonly codec?: CodecName }): void {
    const reachable = media.port !== 0 && media.host !== '0.0.0.0';
    this.#target = reachable ? { host: media.host, port: media.port } : 'nowhere';
    if (media.codec) this.#codec = media.codec;
  }

  /** Stops or resumes sending altogether. */
  setSending(sending: boolean): void {
    this.#sending = sending;
  }

  /** Presses keys (RFC 4733). */
  press(digits: string): void {
    if (!this.#sender.add(digits)) throw new Error(`cannot press ${digits}`);
  }

  untilHears(frequency: number, timeout?: number): Promise<void> {
    return this.ear.untilHears(frequency, timeout);
  }

  untilSilentOf(frequency: number, timeout?: number): Promise<void> {
    return this.ear.untilSilentOf(frequency, timeout);
  }

  close(): void {
    this.#leave();
    this.#socket.close();
  }

  #beat(): void {
    if (this.#idleFrames < patienceFrames) this.#idleFrames++;
    else this.ear.hear(new Int16Array(frameSamples));
    if (this.#target && this.#target !== 'nowhere' && this.#sending) this.#sendFrame(this.#target);
  }

  #sendFrame(target: Target): void {
    const samples = this.#says.next(frameSamples);
    const keys = this.#sender.step(this.#timestamp);
    if (keys.length > 0) {
      for (const key of keys) this.#send(target, this.#digitsType, key.marker, key.timestamp, key.payload);
    } else {
      const codec = codecOf(this.#codec);
      const payload = new Uint8Array(frameSamples);
      encodeG711(codec, samples, payload);
      this.#send(target, codec.payloadType, this.#sent === 0, this.#timestamp, payload);
    }
    this.#timestamp = (this.#timestamp + frameSamples) >>> 0;
  }

  #send(target: Target, payloadType: number, marker: boolean, timestamp: number, payload: Uint8Array): void {
    const packet = printRtp({ marker, payloadType, sequence: this.#sequence, timestamp, ssrc: this.#ssrc, payload });
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#sent++;
    this.#socket.send(packet, target.port, target.host, () => {});
  }

  #take(bytes: Buffer, source: RemoteInfo): void {
    if (isRtcp(bytes)) return;
    const packet = parseRtp(bytes);
    if (!packet) return;
    this.#lastSender = source;
    this.#target ??= { host: source.address, port: source.port };
    this.#statistics.receive(packet.sequence, packet.timestamp, this.#clock.monotonic());
    this.#hear(packet);
  }

  #hear(packet: RtpPacket): void {
    if (packet.payloadType === this.#digitsType) {
      const digit = this.#received.receive(packet.payload, packet.timestamp, packet.ssrc) ?? '';
      this.#digits = (this.#digits + digit).slice(-rememberedDigits);
      return;
    }
    if (packet.payloadType !== 0 && packet.payloadType !== 8) return;
    this.#idleFrames = 0;
    this.ear.hear(decodeG711(codecOf(packet.payloadType === 8 ? 'PCMA' : 'PCMU'), packet.payload));
  }
}
