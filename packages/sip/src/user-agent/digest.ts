import { hashHex } from '@amtsleitung/base';

/** RFC 8760 §2; session variants and SHA-512/256 are not offered by phones. */
export type DigestAlgorithm = 'SHA-256' | 'MD5';

/** What a server stores instead of the password: H(username:realm:password), RFC 7616 §3.4.2, lower-case hexadecimal. */
export function ha1(algorithm: DigestAlgorithm, username: string, realm: string, password: string): string {
  return digestHash(algorithm, `${username}:${realm}:${password}`);
}

export interface DigestInput {
  readonly algorithm: DigestAlgorithm;
  readonly ha1: string;
  readonly method: string;
  readonly uri: string;
  readonly nonce: string;
  /** Left out for servers of RFC 2069 that offer no qop. */
  readonly auth?: {
    readonly nc: string;
    readonly cnonce: string;
    /** With it the quality is `auth-int`: the body is signed, too. */
    readonly body?: Uint8Array;
  };
}

/** The `response` parameter, RFC 7616 §3.4.1. */
export function digestResponse(input: DigestInput): string {
  const { algorithm, auth, nonce } = input;
  const request = `${input.method}:${input.uri}`;
  // RFC 7616 §3.4.3
  const signed = auth?.body ? `${request}:${digestHash(algorithm, auth.body)}` : request;
  const quality = auth?.body ? 'auth-int' : 'auth';
  const middle = auth ? `${nonce}:${auth.nc}:${auth.cnonce}:${quality}` : nonce;
  return digestHash(algorithm, `${input.ha1}:${middle}:${digestHash(algorithm, signed)}`);
}

/** The algorithm named in a challenge or credentials; MD5 when none is (RFC 7616 §3.3). */
export function digestAlgorithm(name: string | undefined): DigestAlgorithm | undefined {
  const upper = (name ?? 'MD5').toUpperCase();
  return upper === 'MD5' || upper === 'SHA-256' ? upper : undefined;
}

function digestHash(algorithm: DigestAlgorithm, data: string | Uint8Array): string {
  return hashHex(algorithm === 'MD5' ? 'md5' : 'sha256', data);
}
