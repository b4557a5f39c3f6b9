import { hashHex } from '@amtsleitung/base';

/** H(user:realm:password), what a server stores instead of the password (RFC 7616 §3.4.2). Lower-case hexadecimal. */
export function ha1(algorithm: 'SHA-256' | 'MD5', username: string, realm: string, password: string): string {
  return hashHex(algorithm === 'MD5' ? 'md5' : 'sha256', `${username}:${realm}:${password}`);
}
