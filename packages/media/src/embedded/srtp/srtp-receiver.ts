import { timingSafeEqual } from 'node:crypto';
import { headerLength } from '../../rtp/rtp-packet.ts';
import { CounterCipher } from './counter-cipher.ts';
import { HmacSha1 } from './hmac-sha1.ts';
import { ReplayWindow } from './replay-window.ts';
import { deriveKeys, type MasterKey } from './srtp-keys.ts';
import { srtcpTrailerLength, srtpTagLength } from './srtp-sender.ts';

/** A browser has one audio source; a few more for those it replaced. */
const maximumSources = 8;
const receivedTag = Buffer.alloc(srtpTagLength);
const computedTag = Buffer.alloc(srtpTagLength);

/** Checks and decrypts packets in place. RFC 3711 §3.3, §3.4. */
export class SrtpReceiver {
  readonly #rtpCipher: CounterCipher;
  readonly #rtpCode: HmacSha1;
  readonly #rtcpCipher: CounterCipher;
  readonly #rtcpCode: HmacSha1;
  readonly #rtpWindows = new Map<number, ReplayWindow>();
  readonly #rtcpWindows = new Map<number, ReplayWindow>();

  readonly #receivedTag: Buffer;
  readonly #computedTag: Buffer;

  /** `tagLength` is that of RTP: 10, or 4 for AES_CM_128_HMAC_SHA1_32. RTCP's is always 10 (RFC 4568 §6.2.2). */
  constructor(master: MasterKey, tagLength = srtpTagLength) {
    this.#receivedTag = Buffer.alloc(tagLength);
    this.#computedTag = Buffer.alloc(tagLength);
    const rtp = deriveKeys(master, 'rtp');
    const rtcp = deriveKeys(master, 'rtcp');
    this.#rtpCipher = new CounterCipher(rtp.encryption, rtp.salt);
    this.#rtpCode = new HmacSha1(rtp.authentication);
    this.#rtcpCipher = new CounterCipher(rtcp.encryption, rtcp.salt);
    this.#rtcpCode = new HmacSha1(rtcp.authentication);
  }

  /** The RTP packet, or undefined when it is forged, replayed or malformed. */
  unprotect(packet: Buffer): Buffer | undefined {
    const tagLength = this.#receivedTag.length;
    const length = packet.length - tagLength;
    if (length < 12) return undefined;
    const header = headerLength(packet);
    if (header > length) return undefined;
    const ssrc = packet.readUInt32BE(8);
    const sequence = packet.readUInt16BE(2);
    const window = this.#rtpWindows.get(ssrc) ?? new ReplayWindow();
    const index = estimateIndex(window.highest, sequence);
    if (index < 0 || !window.isFresh(index)) return undefined;
    const rollovers = Math.floor(index / 0x10000);
    packet.copy(this.#receivedTag, 0, length);
    packet.writeUInt32BE(rollovers, length);
    this.#rtpCode.write(packet, length + 4, this.#computedTag, 0, tagLength);
    if (!timingSafeEqual(this.#receivedTag, this.#computedTag)) return undefined;
    window.mark(index);
    remember(this.#rtpWindows, ssrc, window);
    this.#rtpCipher.apply(packet, header, length, ssrc, rollovers, sequence);
    return packet.subarray(0, length);
  }

  /** The RTCP packet, or undefined when it is forged, replayed or malformed. */
  unprotectControl(packet: Buffer): Buffer | undefined {
    const length = packet.length - srtcpTrailerLength;
    if (length < 8) return undefined;
    const ssrc = packet.readUInt32BE(4);
    const trailer = packet.readUInt32BE(length);
    const index = trailer & 0x7fffffff;
    const window = this.#rtcpWindows.get(ssrc) ?? new ReplayWindow();
    if (!window.isFresh(index)) return undefined;
    packet.copy(receivedTag, 0, length + 4);
    this.#rtcpCode.write(packet, length + 4, computedTag, 0, srtpTagLength);
    if (!timingSafeEqual(receivedTag, computedTag)) return undefined;
    window.mark(index);
    remember(this.#rtcpWindows, ssrc, window);
    if (trailer >= 0x80000000) this.#rtcpCipher.apply(packet, 8, length, ssrc, index >>> 16, index & 0xffff);
    return packet.subarray(0, length);
  }
}

/** RFC 3711 §3.3.1 and appendix A: the 48-bit index nearest to the highest seen; negative when it would be before zero. */
function estimateIndex(highest: number, sequence: number): number {
  if (highest < 0) return sequence;
  return highest + (((sequence - highest) << 16) >> 16);
}

/** Only authentic packets get here, so nobody else can push a source out. */
function remember(windows: Map<number, ReplayWindow>, ssrc: number, window: ReplayWindow): void {
  if (windows.has(ssrc)) return;
  if (windows.size >= maximumSources) windows.delete(windows.keys().next().value!);
  windows.set(ssrc, window);
}
