import type { Codec } from '../codecs/g711.ts';
import type { AudioClip } from './audio-clip.ts';

/** A clip, or that many samples of silence. */
export type PlaylistEntry = AudioClip | number;

/** Clips and pauses one after another, read in frames without a gap between them. */
export class Playlist {
  readonly #entries: readonly PlaylistEntry[];
  readonly #loop: boolean;
  #entry = 0;
  #position = 0;

  constructor(entries: readonly PlaylistEntry[], loop: boolean) {
    this.#entries = entries.filter((entry) => lengthOf(entry) > 0);
    this.#loop = loop && this.#entries.length > 0;
  }

  /** Whether everything has been read. A looping list never ends. */
  get ended(): boolean {
    return this.#entry >= this.#entries.length;
  }

  /** Writes `count` code words to `target` from `offset` on; silence after the end. */
  read(codec: Codec, target: Uint8Array, offset: number, count: number): void {
    let at = offset;
    const end = offset + count;
    while (at < end && !this.ended) at += this.#copy(codec, target, at, end - at);
    target.fill(codec.silence, at, end);
  }

  #copy(codec: Codec, target: Uint8Array, at: number, room: number): number {
    const entry = this.#entries[this.#entry]!;
    const count = Math.min(room, lengthOf(entry) - this.#position);
    if (typeof entry === 'number') target.fill(codec.silence, at, at + count);
    else target.set(entry.encoded(codec).subarray(this.#position, this.#position + count), at);
    this.#position += count;
    if (this.#position >= lengthOf(entry)) this.#advance();
    return count;
  }

  #advance(): void {
    this.#position = 0;
    this.#entry++;
    if (this.#loop && this.#entry >= this.#entries.length) this.#entry = 0;
  }
}

const lengthOf = (entry: PlaylistEntry): number => (typeof entry === 'number' ? entry : entry.samples.length);
