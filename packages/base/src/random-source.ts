import { randomFillSync, randomInt } from 'node:crypto';

/** Randomness, handed in so that tests can seed it. */
export interface RandomSource {
  /** `length` unpredictable bytes. */
  bytes(length: number): Uint8Array;
  /** An integer in [0, below). */
  integer(below: number): number;
}

/** Asking the system costs far more than the bytes themselves: they are fetched ahead, each is handed out once. */
const store = new Uint8Array(4_096);
let handedOut = store.length;

function systemBytes(length: number): Uint8Array {
  if (length > store.length) return randomFillSync(new Uint8Array(length));
  if (handedOut + length > store.length) {
    randomFillSync(store);
    handedOut = 0;
  }
  const bytes = store.slice(handedOut, handedOut + length);
  store.fill(0, handedOut, handedOut + length);
  handedOut += length;
  return bytes;
}

/** Cryptographically strong randomness of the operating system. */
export const systemRandom: RandomSource = {
  bytes: systemBytes,
  integer: (below) => randomInt(below),
};
