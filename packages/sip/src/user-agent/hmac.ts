import { hashHex } from '@amtsleitung/base';

const blockBytes = 64;

/** HMAC-SHA-256 (RFC 2104) with a key of at most 64 octets, as lower-case hexadecimal. */
export function hmacWith(key: Uint8Array): (text: string) => string {
  const pad = (mask: number) => Buffer.from(Uint8Array.from({ length: blockBytes }, (_, at) => (key[at] ?? 0) ^ mask));
  const [inner, outer] = [pad(0x36), pad(0x5c)];
  return (text) => {
    const digest = Buffer.from(hashHex('sha256', Buffer.concat([inner, Buffer.from(text)])), 'hex');
    return hashHex('sha256', Buffer.concat([outer, digest]));
  };
}
