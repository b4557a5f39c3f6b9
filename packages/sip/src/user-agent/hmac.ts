import { hashHex } from '@amtsleitung/base';

const blockBytes = 64;

/** HMAC-SHA-256 (RFC 2104) as lower-case hexadecimal. The key has at most 64 octets. */
export function hmacHex(key: Uint8Array, text: string): string {
  const pad = (mask: number) => Buffer.from(Uint8Array.from({ length: blockBytes }, (_, at) => (key[at] ?? 0) ^ mask));
  const inner = Buffer.from(hashHex('sha256', Buffer.concat([pad(0x36), Buffer.from(text)])), 'hex');
  return hashHex('sha256', Buffer.concat([pad(0x5c), inner]));
}
