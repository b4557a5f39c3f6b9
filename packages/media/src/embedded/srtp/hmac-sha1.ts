const initialState = Int32Array.of(0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0);
const blockLength = 64;
const digestLength = 20;
const schedule = new Int32Array(80);
const tail = Buffer.alloc(blockLength * 2);
const innerDigest = Buffer.alloc(blockLength);
const state = new Int32Array(5);

/**
 * HMAC-SHA1 with a fixed key (RFC 2104, FIPS 180-4). Node's own HMAC costs a new object per packet; here the two padded
 * key blocks are hashed once, and a packet costs only its own blocks.
 */
export class HmacSha1 {
  readonly #inner = initialState.slice();
  readonly #outer = initialState.slice();

  /** `key` has at most 64 bytes. */
  constructor(key: Uint8Array) {
    compress(this.#inner, paddedKey(key, 0x36), 0);
    compress(this.#outer, paddedKey(key, 0x5c), 0);
  }

  /** Writes the first `tagLength` bytes of the code over `message[0 … length)` to `target` at `offset`. */
  write(message: Buffer, length: number, target: Buffer, offset: number, tagLength: number): void {
    state.set(this.#inner);
    const whole = length - (length % blockLength);
    for (let at = 0; at < whole; at += blockLength) compress(state, message, at);
    finish(message, whole, length);
    for (let index = 0; index < 5; index++) innerDigest.writeInt32BE(state[index]!, index * 4);
    innerDigest.fill(0, digestLength);
    innerDigest[digestLength] = 0x80;
    innerDigest.writeUInt32BE((blockLength + digestLength) * 8, blockLength - 4);
    state.set(this.#outer);
    compress(state, innerDigest, 0);
    for (let index = 0; index < tagLength; index++)
      target[offset + index] = state[index >> 2]! >>> (24 - 8 * (index & 3));
  }
}

function paddedKey(key: Uint8Array, pad: number): Buffer {
  const block = Buffer.alloc(blockLength, pad);
  for (let index = 0; index < key.length; index++) block[index]! ^= key[index]!;
  return block;
}

/** The rest of the message, the stop bit and the length, which includes the key block already hashed. */
function finish(message: Buffer, whole: number, length: number): void {
  const rest = length - whole;
  const end = rest + 9 > blockLength ? blockLength * 2 : blockLength;
  message.copy(tail, 0, whole, length);
  tail.fill(0, rest, end);
  tail[rest] = 0x80;
  tail.writeUInt32BE((blockLength + length) * 8, end - 4);
  for (let at = 0; at < end; at += blockLength) compress(state, tail, at);
}

/** One block into the five words of `hash`. FIPS 180-4 §6.1.2. */
function compress(hash: Int32Array, block: Buffer, offset: number): void {
  const w = schedule;
  for (let t = 0, at = offset; t < 16; t++, at += 4) w[t] = block.readInt32BE(at);
  for (let t = 16; t < 80; t++) {
    const mixed = w[t - 3]! ^ w[t - 8]! ^ w[t - 14]! ^ w[t - 16]!;
    w[t] = (mixed << 1) | (mixed >>> 31);
  }
  let a = hash[0]!;
  let b = hash[1]!;
  let c = hash[2]!;
  let d = hash[3]!;
  let e = hash[4]!;
  for (let t = 0; t < 80; t++) {
    let mix: number;
    if (t < 20) mix = ((b & c) | (~b & d)) + 0x5a827999;
    else if (t < 40) mix = (b ^ c ^ d) + 0x6ed9eba1;
    else if (t < 60) mix = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
    else mix = (b ^ c ^ d) + 0xca62c1d6;
    const next = (((a << 5) | (a >>> 27)) + mix + e + w[t]!) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  hash[0] = (hash[0]! + a) | 0;
  hash[1] = (hash[1]! + b) | 0;
  hash[2] = (hash[2]! + c) | 0;
  hash[3] = (hash[3]! + d) | 0;
  hash[4] = (hash[4]! + e) | 0;
}
