import type { DigestAlgorithm } from './digest.ts';

/** What we answer challenges with. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** What we are willing to answer with; default SHA-256 and MD5, whichever the challenger names first. */
  readonly algorithms?: readonly DigestAlgorithm[];
}
