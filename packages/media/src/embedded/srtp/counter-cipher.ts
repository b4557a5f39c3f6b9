import { createCipheriv, type Cipheriv } from 'node:crypto';

const blockLength = 16;
const saltLength = 14;
const counters = Buffer.alloc(2048);

/**
 * AES-128 in counter mode with SRTP's initial values (RFC 3711 §4.1.1). One long-lived ECB cipher makes the key stream:
 * a new cipher object per packet would cost several times the encryption.
 */
export class CounterCipher {
  readonly #ecb: Cipheriv;
  readonly #salt: Buffer;

  constructor(key: Buffer, salt: Buffer) {
    this.#ecb = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
    this.#salt = salt;
  }

  /** Encrypts or decrypts `bytes[from … to)` in place. The 48-bit packet index is `high` (32 bits) and `low` (16 bits). */
  apply(bytes: Buffer, from: number, to: number, ssrc: number, high: number, low: number): void {
    const blocks = Math.ceil((to - from) / blockLength);
    if (blocks * blockLength > counters.length) throw new RangeError('packet too long');
    this.#writeFirstCounter(ssrc, high, low);
    for (let block = 1; block < blocks; block++) {
      counters.copy(counters, block * blockLength, 0, saltLength);
      counters.writeUInt16BE(block, block * blockLength + saltLength);
    }
    const stream = this.#ecb.update(counters.subarray(0, blocks * blockLength));
    for (let at = from; at < to; at++) bytes[at]! ^= stream[at - from]!;
  }

  #writeFirstCounter(ssrc: number, high: number, low: number): void {
    const salt = this.#salt;
    salt.copy(counters, 0, 0, 4);
    counters.writeUInt32BE((salt.readUInt32BE(4) ^ ssrc) >>> 0, 4);
    counters.writeUInt32BE((salt.readUInt32BE(8) ^ high) >>> 0, 8);
    counters.writeUInt16BE(salt.readUInt16BE(12) ^ low, 12);
    counters.writeUInt16BE(0, saltLength);
  }
}
