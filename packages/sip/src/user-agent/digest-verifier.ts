import type { Clock, RandomSource } from '@amtsleitung/base';
import type { Header, SipRequest } from '../messages/sip-message.ts';

/** HA1 values of one account (`ha1`), never the password. At least one. */
export interface DigestSecrets {
  readonly sha256?: string;
  readonly md5?: string;
}

export interface DigestVerifierOptions {
  readonly clock: Clock;
  readonly random: RandomSource;
  /** At most 60 s; default 60. */
  readonly nonceSeconds?: number;
  /** Offered in this order. Default SHA-256, then MD5 (RFC 8760 §2.4). */
  readonly algorithms?: readonly DigestAlgorithm[];
  /** Nonces whose count is remembered; beyond, the oldest turn stale early. Default 20,000. */
  readonly maximumNonces?: number;
}

export type DigestAlgorithm = 'SHA-256' | 'MD5';

export interface VerifyOptions {
  readonly realm: string;
  /** Secrets of an account of this realm. Undefined for an unknown one: costs and answers the same as a wrong password. */
  readonly secretsOf: (username: string) => DigestSecrets | undefined;
  /** What nonces are bound to besides the realm, e.g. the source address. */
  readonly binding?: string;
  /** `proxy`: 407 with Proxy-Authenticate; `user`: 401 with WWW-Authenticate. Default: 401 for REGISTER, else 407. */
  readonly role?: 'user' | 'proxy';
}

export type DigestVerdict =
  | { readonly accepted: true; readonly username: string }
  | {
      readonly accepted: false;
      readonly status: 401 | 407;
      readonly headers: readonly Header[];
      /** For counters and throttling only; the answer does not show it. `missing` and `stale` are no failed attempts. */
      readonly failure: 'missing' | 'stale' | 'wrong';
      /** The name that was tried. */
      readonly username?: string;
    };

/** Server side of digest authentication, RFC 3261 §22 with RFC 7616 and RFC 8760. Nonces are made, not stored. */
export class DigestVerifier {
  constructor(options: DigestVerifierOptions) {
    void options;
  }

  verify(request: SipRequest, options: VerifyOptions): DigestVerdict {
    void [request, options];
    throw new Error('being built');
  }
}
