import type { RandomSource } from '@amtsleitung/base';
import { rtpHeaderLength, writeRtpHeader, type RtpFields } from '../../rtp/rtp-packet.ts';
import { sequenceDistance, timestampDistance } from '../../rtp/serial-number.ts';
import { packetCapacity, type PacketRing } from '../packet-ring.ts';

const frameUnits = 160;
/** A forwarded source that strays so far from our clock is taken up anew: it restarted its timestamps. */
const maximumDrift = 16_000;
const maximumSequenceGap = 500;
/** Room left for SRTP's tag. */
const maximumPacket = packetCapacity - 32;

/** How a forwarded source's numbers map to ours. */
interface Anchor {
  readonly ssrc: number;
  readonly sequenceOffset: number;
  readonly timestampOffset: number;
  /** Ours; packets before it were already made up for. */
  readonly firstSequence: number;
}

/**
 * The one RTP stream a leg sends in its life: one SSRC, sequence numbers without a repetition, timestamps that only
 * grow, whether its frames are made here or forwarded from another leg.
 */
export class OutgoingStream {
  readonly ssrc: number;
  readonly #ring: PacketRing;
  readonly #transmit: (packet: Buffer, length: number) => void;
  /** Our clock: the timestamp of the frame that is due now. */
  #now: number;
  #lastSequence: number;
  #lastTimestamp: number;
  #anchor: Anchor | undefined;
  #fresh = true;
  #packets = 0;
  #octets = 0;

  constructor(random: RandomSource, ring: PacketRing, transmit: (packet: Buffer, length: number) => void) {
    const seed = Buffer.from(random.bytes(12));
    this.ssrc = seed.readUInt32BE(0);
    this.#now = seed.readUInt32BE(4);
    this.#lastTimestamp = (this.#now - frameUnits) >>> 0;
    // RFC 3711 §3.3.1: a start in the lower half keeps both sides' roll-over counters together when packets get lost.
    this.#lastSequence = seed.readUInt16BE(8) & 0x7fff;
    this.#ring = ring;
    this.#transmit = transmit;
  }

  get packets(): number {
    return this.#packets;
  }

  get octets(): number {
    return this.#octets;
  }

  /** Timestamp of the frame that is due now. */
  get timestamp(): number {
    return this.#now;
  }

  /** Time passes by so many frames. */
  advance(frames: number): void {
    this.#now = (this.#now + frames * frameUnits) >>> 0;
  }

  /** The next packet starts a new sound: it gets the marker bit. RFC 3551 §4.1. */
  startTalk(): void {
    this.#fresh = true;
    this.#anchor = undefined;
  }

  /** Sends one 20 ms frame that `fill` writes at the given offset. */
  sendFrame(payloadType: number, fill: (packet: Buffer, offset: number) => void): void {
    const packet = this.#ring.take();
    fill(packet, rtpHeaderLength);
    this.#send(
      packet,
      rtpHeaderLength + frameUnits,
      payloadType,
      this.#takeMarker(),
      this.#nextSequence(),
      this.#nextTimestamp(),
    );
    this.#anchor = undefined;
  }

  /** Sends an event packet; all packets of one event carry its start. */
  sendEvent(payloadType: number, payload: Buffer, timestamp: number, marker: boolean): void {
    const packet = this.#ring.take();
    payload.copy(packet, rtpHeaderLength);
    this.#send(packet, rtpHeaderLength + payload.length, payloadType, marker, this.#nextSequence(), timestamp);
    if (timestampDistance(this.#lastTimestamp, timestamp) > 0) this.#lastTimestamp = timestamp;
    this.#anchor = undefined;
  }

  /** Sends another leg's packet with our numbers; `table` translates its code words. False when it comes too late. */
  forward(source: Buffer, fields: RtpFields, payloadType: number, table?: Uint8Array): boolean {
    const size = fields.payloadEnd - fields.payloadStart;
    if (size <= 0 || rtpHeaderLength + size > maximumPacket) return false;
    const continued = this.#continues(fields);
    const anchor = continued ? this.#anchor! : this.#anchorAt(fields);
    const sequence = (fields.sequence + anchor.sequenceOffset) & 0xffff;
    if (sequenceDistance(anchor.firstSequence, sequence) < 0) return false;
    const timestamp = (fields.timestamp + anchor.timestampOffset) >>> 0;
    const packet = this.#ring.take();
    if (table) translate(source, fields, packet, table);
    else source.copy(packet, rtpHeaderLength, fields.payloadStart, fields.payloadEnd);
    if (sequenceDistance(this.#lastSequence, sequence) > 0) this.#lastSequence = sequence;
    if (timestampDistance(this.#lastTimestamp, timestamp) > 0) this.#lastTimestamp = timestamp;
    this.#send(packet, rtpHeaderLength + size, payloadType, fields.marker || this.#takeMarker(), sequence, timestamp);
    return true;
  }

  #continues(fields: RtpFields): boolean {
    const anchor = this.#anchor;
    if (!anchor || anchor.ssrc !== fields.ssrc) return false;
    const sequence = (fields.sequence + anchor.sequenceOffset) & 0xffff;
    if (Math.abs(sequenceDistance(this.#lastSequence, sequence)) > maximumSequenceGap) return false;
    const timestamp = (fields.timestamp + anchor.timestampOffset) >>> 0;
    return Math.abs(timestampDistance(this.#now, timestamp)) <= maximumDrift;
  }

  #anchorAt(fields: RtpFields): Anchor {
    const firstSequence = (this.#lastSequence + 1) & 0xffff;
    const timestamp = this.#nextTimestamp(false);
    this.#anchor = {
      ssrc: fields.ssrc,
      sequenceOffset: firstSequence - fields.sequence,
      timestampOffset: timestamp - fields.timestamp,
      firstSequence,
    };
    this.#fresh = true;
    return this.#anchor;
  }

  #nextSequence(): number {
    this.#lastSequence = (this.#lastSequence + 1) & 0xffff;
    return this.#lastSequence;
  }

  /** Our clock's time, unless a forwarded source with a faster clock has got further. */
  #nextTimestamp(use = true): number {
    const behind = timestampDistance(this.#lastTimestamp, this.#now) < frameUnits;
    const timestamp = behind ? (this.#lastTimestamp + frameUnits) >>> 0 : this.#now;
    if (use) this.#lastTimestamp = timestamp;
    return timestamp;
  }

  #takeMarker(): boolean {
    const marker = this.#fresh;
    this.#fresh = false;
    return marker;
  }

  #send(packet: Buffer, length: number, type: number, marker: boolean, sequence: number, timestamp: number): void {
    writeRtpHeader(packet, marker, type, sequence, timestamp, this.ssrc);
    this.#packets++;
    this.#octets += length - rtpHeaderLength;
    this.#transmit(packet, length);
  }
}

function translate(source: Buffer, fields: RtpFields, target: Buffer, table: Uint8Array): void {
  for (let from = fields.payloadStart, to = rtpHeaderLength; from < fields.payloadEnd; from++, to++)
    target[to] = table[source[from]!]!;
}
