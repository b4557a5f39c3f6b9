import { randomBytes, randomInt } from 'node:crypto';

/** Randomness, handed in so that tests can seed it. */
export interface RandomSource {
  /** `length` unpredictable bytes. */
  bytes(length: number): Uint8Array;
  /** An integer in [0, below). */
  integer(below: number): number;
}

/** Cryptographically strong randomness of the operating system. */
export const systemRandom: RandomSource = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
  integer: (below) => randomInt(below),
};
