import { createHash, timingSafeEqual } from 'node:crypto';

export type HashAlgorithm = 'md5' | 'sha256' | 'sha1';

/** Lower-case hexadecimal digest of UTF-8 text or bytes. */
export function hashHex(algorithm: HashAlgorithm, input: string | Uint8Array): string {
  return createHash(algorithm).update(input).digest('hex');
}

/** Compares two secrets in a time that does not depend on where they differ. */
export function equalSecrets(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
