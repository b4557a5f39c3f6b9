import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { ToneDetector } from '../audio/tone-detector.ts';
import { ToneGenerator } from '../audio/tone.ts';
import { codecOf, decodeG711, encodeG711, type Codec, type CodecName } from '../codecs/g711.ts';
import { DigitReceiver } from '../dtmf/digit-receiver.ts';
import { DigitSender } from '../dtmf/digit-sender.ts';
import { parseRtp, printRtp, type RtpPacket } from '../rtp/rtp-packet.ts';
import { SrtpReceiver } from '../embedded/srtp/srtp-receiver.ts';
import { SrtpSender } from '../embedded/srtp/srtp-sender.ts';
import { attributeValues } from '../sdp/session-description.ts';
import { parseCryptoAttribute, type CryptoSuite } from '../sdp/crypto-attribute.ts';
import type { Direction } from '../sdp/direction.ts';
import { audioOffer } from '../sdp/local-audio.ts';
import { parseSessionDescription } from '../sdp/parse-session-description.ts';
import { printSessionDescription } from '../sdp/print-session-description.ts';

export type Heard = number | 'silence' | 'other';

interface Waiting {
  readonly sound: Heard;
  /** Windows in a row still missing. */
  missing: number;
  readonly resolve: () => void;
}

export interface TonePeerOptions {
  /** Hertz of what it says. */
  readonly says: number;
  /** Hertz it can tell apart. */
  readonly listensFor: readonly number[];
  readonly codec?: CodecName;
  readonly address?: string;
  /** Encrypts, with its keys in the description. */
  readonly srtp?: CryptoSuite;
}

const frame = new Int16Array(160);
const windowsInARow = 3;
const tags = { AES_CM_128_HMAC_SHA1_80: 10, AES_CM_128_HMAC_SHA1_32: 4 } as const;

/** A telephone of the tests: says one tone, and tells which tones it hears. */
export class TonePeer {
  readonly digits: string[] = [];
  /** Last packets received, for tests that look closer; at most 500. */
  readonly packets: RtpPacket[] = [];
  readonly #socket: Socket;
  readonly #codec: Codec;
  readonly #generator: ToneGenerator;
  readonly #detector: ToneDetector;
  readonly #digitReceiver = new DigitReceiver();
  readonly #digitSender = new DigitSender();
  #waiting: Waiting[] = [];
  #onPacket: ((packet: RtpPacket) => void)[] = [];
  #target: { address: string; port: number } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sequence = 100;
  #timestamp = 1000;
  #muted = false;
  readonly #suite: CryptoSuite | undefined;
  #key = randomBytes(30);
  /** RFC 4568 §5.1.2: an answer repeats the offer's. */
  #cryptoTag = 1;
  #sender: SrtpSender | undefined;
  #receiver: SrtpReceiver | undefined;
  /** Key of the far side in use. */
  #remoteKey = '';

  private constructor(socket: Socket, options: TonePeerOptions) {
    this.#socket = socket;
    this.#suite = options.srtp;
    this.#newSender();
    this.#codec = codecOf(options.codec ?? 'PCMA');
    this.#generator = new ToneGenerator([options.says]);
    this.#detector = new ToneDetector(options.listensFor);
    socket.on('message', (packet) => this.#receive(packet));
  }

  static open(options: TonePeerOptions): Promise<TonePeer> {
    const { address = '127.0.0.1' } = options;
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(0, address, () => resolve(new TonePeer(socket, options)));
    });
  }

  get address(): AddressInfo {
    return this.#socket.address();
  }

  /** Its session description, as offer or answer. */
  sdp(direction: Direction = 'sendrecv', address = this.address.address): string {
    return printSessionDescription(
      audioOffer({
        sessionId: '1',
        version: 1,
        addresses: [address],
        port: this.address.port,
        protocol: this.#suite ? 'RTP/SAVP' : 'RTP/AVP',
        ...(this.#suite ? { crypto: [{ tag: this.#cryptoTag, suite: this.#suite, key: this.#key }] } : {}),
        formats: [{ payloadType: this.#codec.payloadType, codec: this.#codec.name }],
        telephoneEvent: 101,
        direction,
      }),
    );
  }

  /** Starts to say its tone to the address of a session description. */
  talkTo(sdp: string): void {
    const description = parseSessionDescription(sdp);
    this.#learnKey(attributeValues(description.media[0]!.attributes, 'crypto'));
    this.#target = { address: description.connection!, port: description.media[0]!.port };
    this.#timer ??= setInterval(() => this.#say(), 20);
  }

  /** From now on encrypts with a new key; its next description tells it. */
  changeKey(): void {
    this.#key = randomBytes(30);
    this.#newSender();
  }

  mute(muted: boolean): void {
    this.#muted = muted;
  }

  press(digits: string): void {
    this.#digitSender.add(digits);
  }

  /** Settles when that is heard for 300 ms without a break. */
  hears(sound: Heard): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ sound, missing: windowsInARow, resolve }));
  }

  /** The next packet for which `wanted` holds. */
  nextPacket(wanted: (packet: RtpPacket) => boolean = () => true): Promise<RtpPacket> {
    return new Promise((resolve) => {
      const listener = (packet: RtpPacket): void => {
        if (!wanted(packet)) return;
        this.#onPacket = this.#onPacket.filter((other) => other !== listener);
        resolve(packet);
      };
      this.#onPacket.push(listener);
    });
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  #newSender(): void {
    if (!this.#suite) return;
    this.#sender = new SrtpSender({ key: this.#key.subarray(0, 16), salt: this.#key.subarray(16) }, tags[this.#suite]);
  }

  #learnKey(attributes: readonly string[]): void {
    const line = attributes.map(parseCryptoAttribute).find((one) => one?.suite === this.#suite);
    if (!line || !this.#suite) return;
    this.#cryptoTag = line.tag;
    const text = line.key.toString('base64');
    if (text === this.#remoteKey) return;
    this.#remoteKey = text;
    this.#receiver = new SrtpReceiver(
      { key: line.key.subarray(0, 16), salt: line.key.subarray(16) },
      tags[this.#suite],
    );
  }

  #say(): void {
    const target = this.#target!;
    this.#timestamp += 160;
    const events = this.#digitSender.step(this.#timestamp);
    for (const { payload, timestamp, marker } of events) this.#send(target, 101, payload, timestamp, marker);
    if (events.length > 0 || this.#muted) return;
    const payload = new Uint8Array(160);
    encodeG711(this.#codec, this.#generator.read(frame), payload);
    this.#send(target, this.#codec.payloadType, payload, this.#timestamp, false);
  }

  #send(
    target: { address: string; port: number },
    payloadType: number,
    payload: Uint8Array,
    timestamp: number,
    marker: boolean,
  ): void {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const packet = printRtp({ marker, payloadType, sequence: this.#sequence, timestamp, ssrc: 7777, payload });
    if (!this.#sender) return void this.#socket.send(packet, target.port, target.address);
    const roomy = Buffer.concat([packet, Buffer.alloc(16)]);
    const length = this.#sender.protect(roomy, packet.length);
    this.#socket.send(roomy, 0, length, target.port, target.address);
  }

  #receive(bytes: Buffer): void {
    const clear = this.#suite ? this.#receiver?.unprotect(bytes) : bytes;
    const packet = clear && parseRtp(clear);
    if (!packet) return;
    this.packets.push(packet);
    if (this.packets.length > 500) this.packets.shift();
    for (const listener of [...this.#onPacket]) listener(packet);
    if (packet.payloadType === 101) {
      const digit = this.#digitReceiver.receive(packet.payload, packet.timestamp, packet.ssrc);
      if (digit !== undefined) this.digits.push(digit);
      return;
    }
    const codec = packet.payloadType === 8 ? codecOf('PCMA') : codecOf('PCMU');
    for (const sound of this.#detector.push(decodeG711(codec, packet.payload))) this.#notice(sound);
  }

  #notice(sound: Heard): void {
    for (const waiting of this.#waiting) {
      waiting.missing = waiting.sound === sound ? waiting.missing - 1 : windowsInARow;
      if (waiting.missing === 0) waiting.resolve();
    }
    this.#waiting = this.#waiting.filter((waiting) => waiting.missing > 0);
  }
}
