import { createHmac, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { ipv6Octets, isIpv6 } from '../../sdp/media-address.ts';

/** RFC 8489 §5, RFC 8445 §16.1. */
const magicCookie = 0x2112a442;
const headerLength = 20;
const integrityLength = 24;
const fingerprintLength = 8;
const fingerprintMask = 0x5354554e;

const type = { request: 0x0001, success: 0x0101 } as const;
const attributeType = {
  username: 0x0006,
  integrity: 0x0008,
  mappedAddress: 0x0020,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
} as const;

export interface StunMessage {
  readonly type: number;
  readonly bytes: Buffer;
  readonly username?: string;
  readonly useCandidate: boolean;
  /** Where the integrity attribute starts; undefined when there is none. */
  readonly integrityAt?: number;
}

/** Whether a datagram on a shared port is STUN. RFC 7983 §7. */
export const isStun = (datagram: Buffer): boolean => datagram.length >= headerLength && datagram[0]! < 4;

export const isBindingRequest = (message: StunMessage): boolean => message.type === type.request;

/** A well-formed message whose fingerprint, which ICE demands, is right; else undefined. */
export function parseStun(datagram: Buffer): StunMessage | undefined {
  if (!isStun(datagram) || datagram.readUInt32BE(4) !== magicCookie) return undefined;
  if (datagram.readUInt16BE(2) !== datagram.length - headerLength || datagram.length % 4 !== 0) return undefined;
  let username: string | undefined;
  let integrityAt: number | undefined;
  let fingerprinted = false;
  let useCandidate = false;
  for (let at = headerLength; at < datagram.length;) {
    const kind = datagram.readUInt16BE(at);
    const length = datagram.readUInt16BE(at + 2);
    const end = at + 4 + length;
    if (end > datagram.length || fingerprinted) return undefined;
    if (kind === attributeType.fingerprint) {
      if (length !== 4 || !isFingerprintRight(datagram, at)) return undefined;
      fingerprinted = true;
    } else if (integrityAt !== undefined) {
      // RFC 8489 §14.5: what follows the integrity attribute is not protected and must be ignored.
    } else if (kind === attributeType.integrity) {
      if (length !== integrityLength - 4) return undefined;
      integrityAt = at;
    } else if (kind === attributeType.username) username = datagram.toString('utf8', at + 4, end);
    else if (kind === attributeType.useCandidate) useCandidate = true;
    at = end + ((4 - (length & 3)) & 3);
  }
  if (!fingerprinted) return undefined;
  return { type: datagram.readUInt16BE(0), bytes: datagram, username, useCandidate, integrityAt };
}

function isFingerprintRight(datagram: Buffer, at: number): boolean {
  return datagram.readUInt32BE(at + 4) === (crc32(datagram.subarray(0, at)) ^ fingerprintMask) >>> 0;
}

/** Whether the message was made by someone who knows `password`. RFC 8489 §14.5. */
export function isIntegrityRight(message: StunMessage, password: string): boolean {
  const at = message.integrityAt;
  if (at === undefined) return false;
  const covered = Buffer.from(message.bytes.subarray(0, at));
  covered.writeUInt16BE(at - headerLength + integrityLength, 2);
  const expected = createHmac('sha1', password).update(covered).digest();
  return timingSafeEqual(expected, message.bytes.subarray(at + 4, at + integrityLength));
}

/** The answer to a binding request that came from `address`, IPv4 or IPv6. */
export function printBindingSuccess(request: StunMessage, address: string, port: number, password: string): Buffer {
  const octets = octetsOf(address);
  const integrityAt = headerLength + 8 + octets.length;
  const fingerprintAt = integrityAt + integrityLength;
  const bytes = Buffer.alloc(fingerprintAt + fingerprintLength);
  bytes.writeUInt16BE(type.success, 0);
  request.bytes.copy(bytes, 4, 4, headerLength);
  writeMappedAddress(bytes, octets, port);
  // Each check value covers a header that counts up to itself. RFC 8489 §14.5, §14.7.
  bytes.writeUInt16BE(fingerprintAt - headerLength, 2);
  const integrity = createHmac('sha1', password).update(bytes.subarray(0, integrityAt)).digest();
  bytes.writeUInt16BE(attributeType.integrity, integrityAt);
  bytes.writeUInt16BE(integrity.length, integrityAt + 2);
  integrity.copy(bytes, integrityAt + 4);
  bytes.writeUInt16BE(bytes.length - headerLength, 2);
  const fingerprint = (crc32(bytes.subarray(0, fingerprintAt)) ^ fingerprintMask) >>> 0;
  bytes.writeUInt16BE(attributeType.fingerprint, fingerprintAt);
  bytes.writeUInt16BE(4, fingerprintAt + 2);
  bytes.writeUInt32BE(fingerprint, fingerprintAt + 4);
  return bytes;
}

const octetsOf = (address: string): Uint8Array =>
  isIpv6(address) ? ipv6Octets(address) : Uint8Array.from(address.split('.').map(Number));

/** XOR-MAPPED-ADDRESS, RFC 8489 §14.2. */
function writeMappedAddress(bytes: Buffer, octets: Uint8Array, port: number): void {
  bytes.writeUInt16BE(attributeType.mappedAddress, headerLength);
  bytes.writeUInt16BE(4 + octets.length, headerLength + 2);
  bytes[headerLength + 5] = octets.length === 4 ? 1 : 2;
  bytes.writeUInt16BE(port ^ (magicCookie >>> 16), headerLength + 6);
  // Magic cookie and transaction id stand next to each other in the header.
  for (const [at, octet] of octets.entries()) bytes[headerLength + 8 + at] = octet ^ bytes[4 + at]!;
}
