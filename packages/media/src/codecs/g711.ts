/** ITU-T G.711, by tables. */

export type CodecName = 'PCMA' | 'PCMU';

export interface Codec {
  readonly name: CodecName;
  /** Static payload type, RFC 3551 §6. */
  readonly payloadType: 0 | 8;
  /** The code word of digital silence. */
  readonly silence: number;
  /** Linear to code word, indexed by the sample's 16 bits. */
  readonly encodeTable: Uint8Array;
  /** Code word to linear. */
  readonly decodeTable: Int16Array;
}

/** The widest segment whose lower bound is not above `magnitude`: 0 for the linear ones, then one per doubling. */
const segmentOf = (magnitude: number, firstBit: number): number => Math.max(0, 31 - Math.clz32(magnitude) - firstBit);

function encodeAlaw(sample: number): number {
  const positive = sample >= 0;
  const magnitude = (positive ? sample : -sample - 1) >> 3;
  const segment = segmentOf(magnitude, 4);
  const mantissa = (segment === 0 ? magnitude >> 1 : magnitude >> segment) & 0x0f;
  return ((positive ? 0x80 : 0) | (segment << 4) | mantissa) ^ 0x55;
}

function decodeAlaw(code: number): number {
  const bits = code ^ 0x55;
  const segment = (bits >> 4) & 7;
  const mantissa = (bits & 0x0f) << 4;
  const magnitude = segment === 0 ? mantissa + 8 : (mantissa + 0x108) << (segment - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

const ulawBias = 132;
const ulawClip = 32635;

function encodeUlaw(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), ulawClip) + ulawBias;
  const segment = segmentOf(magnitude, 7);
  const mantissa = (magnitude >> (segment + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (segment << 4) | mantissa) & 0xff;
}

function decodeUlaw(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + ulawBias) << ((bits >> 4) & 7)) - ulawBias;
  return bits & 0x80 ? -magnitude : magnitude;
}

function codec(
  name: CodecName,
  payloadType: 0 | 8,
  encode: (sample: number) => number,
  decode: (code: number) => number,
): Codec {
  return {
    name,
    payloadType,
    silence: encode(0),
    encodeTable: Uint8Array.from({ length: 0x10000 }, (_, bits) => encode((bits << 16) >> 16)),
    decodeTable: Int16Array.from({ length: 0x100 }, (_, code) => decode(code)),
  };
}

export const pcma: Codec = codec('PCMA', 8, encodeAlaw, decodeAlaw);
export const pcmu: Codec = codec('PCMU', 0, encodeUlaw, decodeUlaw);

export const codecOf = (name: CodecName): Codec => (name === 'PCMA' ? pcma : pcmu);

/** Encodes into `target` from `offset` on. */
export function encodeG711(codec: Codec, samples: Int16Array, target: Uint8Array, offset = 0): void {
  const table = codec.encodeTable;
  for (let index = 0; index < samples.length; index++) target[offset + index] = table[samples[index]! & 0xffff]!;
}

export function decodeG711(codec: Codec, payload: Uint8Array): Int16Array {
  const samples = new Int16Array(payload.length);
  const table = codec.decodeTable;
  for (let index = 0; index < payload.length; index++) samples[index] = table[payload[index]!]!;
  return samples;
}

const tableBetween = (from: Codec, to: Codec): Uint8Array =>
  Uint8Array.from({ length: 0x100 }, (_, code) => to.encodeTable[from.decodeTable[code]! & 0xffff]!);

const toUlaw = tableBetween(pcma, pcmu);
const toAlaw = tableBetween(pcmu, pcma);

/** Code word to code word; undefined when both are the same codec. */
export function transcodeTable(from: Codec, to: Codec): Uint8Array | undefined {
  if (from === to) return undefined;
  return to === pcmu ? toUlaw : toAlaw;
}
