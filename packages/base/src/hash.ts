import { hash, timingSafeEqual } from 'node:crypto';

export type HashAlgorithm = 'md5' | 'sha256' | 'sha1';

/** Lower-case hexadecimal digest of UTF-8 text or bytes. */
export function hashHex(algorithm: HashAlgorithm, input: string | Uint8Array): string {
  return hash(algorithm, input, 'hex');
}

/** Compares two secrets in a time that does not depend on where they differ. Their lengths are no secret. */
export function equalSecrets(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
