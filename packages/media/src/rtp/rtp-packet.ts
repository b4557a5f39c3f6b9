/** Header fields and the place of the payload; reused from packet to packet on the fast path. RFC 3550 §5.1. */
export interface RtpFields {
  marker: boolean;
  payloadType: number;
  sequence: number;
  timestamp: number;
  ssrc: number;
  payloadStart: number;
  payloadEnd: number;
}

export interface RtpPacket {
  readonly marker: boolean;
  readonly payloadType: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Uint8Array;
}

/** Length of a header without contributing sources and extension. */
export const rtpHeaderLength = 12;

export const newRtpFields = (): RtpFields => ({
  marker: false,
  payloadType: 0,
  sequence: 0,
  timestamp: 0,
  ssrc: 0,
  payloadStart: 0,
  payloadEnd: 0,
});

/** Reads `packet` into `fields`; false when it is not a well-formed RTP packet. */
export function readRtp(packet: Buffer, fields: RtpFields): boolean {
  const length = packet.length;
  if (length < rtpHeaderLength || packet[0]! >> 6 !== 2) return false;
  const start = headerLength(packet);
  const padding = packet[0]! & 0x20 ? packet[length - 1]! : 0;
  if (start > length || start + padding > length) return false;
  if (packet[0]! & 0x20 && padding === 0) return false;
  fields.marker = packet[1]! >= 0x80;
  fields.payloadType = packet[1]! & 0x7f;
  fields.sequence = packet.readUInt16BE(2);
  fields.timestamp = packet.readUInt32BE(4);
  fields.ssrc = packet.readUInt32BE(8);
  fields.payloadStart = start;
  fields.payloadEnd = length - padding;
  return true;
}

/** Header length with contributing sources and extension; may point past the end of a malformed packet. */
export function headerLength(packet: Buffer): number {
  const fixed = rtpHeaderLength + (packet[0]! & 0x0f) * 4;
  if (!(packet[0]! & 0x10)) return fixed;
  if (fixed + 4 > packet.length) return Number.POSITIVE_INFINITY;
  return fixed + 4 + packet.readUInt16BE(fixed + 2) * 4;
}

/** The packet as a value, or undefined when malformed. The payload is a view of `packet`. */
export function parseRtp(packet: Buffer): RtpPacket | undefined {
  const fields = newRtpFields();
  if (!readRtp(packet, fields)) return undefined;
  const { marker, payloadType, sequence, timestamp, ssrc, payloadStart, payloadEnd } = fields;
  return { marker, payloadType, sequence, timestamp, ssrc, payload: packet.subarray(payloadStart, payloadEnd) };
}

/** Writes the fixed 12 bytes. */
export function writeRtpHeader(
  target: Buffer,
  marker: boolean,
  payloadType: number,
  sequence: number,
  timestamp: number,
  ssrc: number,
): void {
  target[0] = 0x80;
  target[1] = marker ? payloadType | 0x80 : payloadType;
  target.writeUInt16BE(sequence & 0xffff, 2);
  target.writeUInt32BE(timestamp >>> 0, 4);
  target.writeUInt32BE(ssrc >>> 0, 8);
}

export function printRtp(packet: RtpPacket): Buffer {
  const bytes = Buffer.alloc(rtpHeaderLength + packet.payload.length);
  writeRtpHeader(bytes, packet.marker, packet.payloadType, packet.sequence, packet.timestamp, packet.ssrc);
  bytes.set(packet.payload, rtpHeaderLength);
  return bytes;
}

/** Whether a packet on a shared port is RTCP: packet types 192 to 223. RFC 5761 §4. */
export function isRtcp(packet: Buffer): boolean {
  return packet.length >= 8 && packet[0]! >> 6 === 2 && packet[1]! >= 192 && packet[1]! <= 223;
}
