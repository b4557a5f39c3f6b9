import { headerLength } from '../../rtp/rtp-packet.ts';
import { CounterCipher } from './counter-cipher.ts';
import { HmacSha1 } from './hmac-sha1.ts';
import { deriveKeys, type MasterKey } from './srtp-keys.ts';

/** Most bytes a buffer must have beyond the packet: the tag of AES_CM_128_HMAC_SHA1_80. */
export const srtpTagLength = 10;
/** The same for control packets: index and tag. */
export const srtcpTrailerLength = 4 + srtpTagLength;

/** Protects one source's packets in place. RFC 3711 §3.3, §3.4. */
export class SrtpSender {
  readonly #rtpCipher: CounterCipher;
  readonly #rtpCode: HmacSha1;
  readonly #rtcpCipher: CounterCipher;
  readonly #rtcpCode: HmacSha1;
  #rollovers = 0;
  #highestSequence = -1;
  #controlIndex = 0;
  readonly #tagLength: number;

  /** `tagLength` is that of RTP: 10, or 4 for AES_CM_128_HMAC_SHA1_32. RTCP's is always 10 (RFC 4568 §6.2.2). */
  constructor(master: MasterKey, tagLength = srtpTagLength) {
    this.#tagLength = tagLength;
    const rtp = deriveKeys(master, 'rtp');
    const rtcp = deriveKeys(master, 'rtcp');
    this.#rtpCipher = new CounterCipher(rtp.encryption, rtp.salt);
    this.#rtpCode = new HmacSha1(rtp.authentication);
    this.#rtcpCipher = new CounterCipher(rtcp.encryption, rtcp.salt);
    this.#rtcpCode = new HmacSha1(rtcp.authentication);
  }

  /** Protects `packet[0 … length)` and returns the new length. */
  protect(packet: Buffer, length: number): number {
    const sequence = packet.readUInt16BE(2);
    const rollovers = this.#rolloversOf(sequence);
    this.#rtpCipher.apply(packet, headerLength(packet), length, packet.readUInt32BE(8), rollovers, sequence);
    // RFC 3711 §4.2: the roll-over counter is authenticated but not sent; the tag then takes its place.
    packet.writeUInt32BE(rollovers, length);
    this.#rtpCode.write(packet, length + 4, packet, length, this.#tagLength);
    return length + this.#tagLength;
  }

  /** Protects a control packet and returns the new length. */
  protectControl(packet: Buffer, length: number): number {
    const index = this.#controlIndex;
    this.#controlIndex = (index + 1) & 0x7fffffff;
    this.#rtcpCipher.apply(packet, 8, length, packet.readUInt32BE(4), index >>> 16, index & 0xffff);
    packet.writeUInt32BE((index | 0x80000000) >>> 0, length);
    this.#rtcpCode.write(packet, length + 4, packet, length + 4, srtpTagLength);
    return length + srtcpTrailerLength;
  }

  /** A forwarded stream may be reordered around the wrap: an old packet keeps the old counter. */
  #rolloversOf(sequence: number): number {
    const highest = this.#highestSequence;
    if (highest < 0) {
      this.#highestSequence = sequence;
      return 0;
    }
    const distance = ((sequence - highest) << 16) >> 16;
    if (distance <= 0) return sequence > highest ? Math.max(0, this.#rollovers - 1) : this.#rollovers;
    if (sequence < highest) this.#rollovers = (this.#rollovers + 1) >>> 0;
    this.#highestSequence = sequence;
    return this.#rollovers;
  }
}
