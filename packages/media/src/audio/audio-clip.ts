import { encodeG711, type Codec } from '../codecs/g711.ts';

/** A recording that is played often: encoded once per codec. */
export class AudioClip {
  readonly samples: Int16Array;
  readonly #encoded = new Map<Codec, Uint8Array>();

  constructor(samples: Int16Array) {
    this.samples = samples;
  }

  encoded(codec: Codec): Uint8Array {
    const known = this.#encoded.get(codec);
    if (known) return known;
    const bytes = new Uint8Array(this.samples.length);
    encodeG711(codec, this.samples, bytes);
    this.#encoded.set(codec, bytes);
    return bytes;
  }

  /** Memory held when encoded in both codecs. */
  get bytes(): number {
    return this.samples.length * 4;
  }
}
