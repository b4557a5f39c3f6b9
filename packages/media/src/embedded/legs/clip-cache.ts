import { open, stat } from 'node:fs/promises';
import { AudioClip } from '../../audio/audio-clip.ts';
import { parseWav } from '../../audio/wav.ts';

interface Cached {
  readonly clip: AudioClip;
  readonly modified: number;
}

const maximumFileBytes = 16 * 1024 * 1024;
const maximumCacheBytes = 64 * 1024 * 1024;

/** Prompts and music, read once. Beyond 64 MB those not played for longest are forgotten. */
export class ClipCache {
  readonly #clips = new Map<string, Cached>();
  #bytes = 0;

  /** Rejects when the file cannot be read or is no 8 kHz mono PCM16 WAV of at most 16 MB. */
  async load(file: string): Promise<AudioClip> {
    const modified = this.#clips.has(file) ? (await stat(file)).mtimeMs : undefined;
    const known = this.#clips.get(file);
    if (known && known.modified === modified) {
      this.#clips.delete(file);
      this.#clips.set(file, known);
      return known.clip;
    }
    const handle = await open(file, 'r');
    try {
      const { mtimeMs, size } = await handle.stat();
      if (size > maximumFileBytes) throw new Error('file is too long to be played');
      const clip = new AudioClip(parseWav(await handle.readFile()));
      this.#keep(file, { clip, modified: mtimeMs });
      return clip;
    } finally {
      await handle.close();
    }
  }

  #keep(file: string, cached: Cached): void {
    this.#forget(file);
    this.#clips.set(file, cached);
    this.#bytes += cached.clip.bytes;
    for (const oldest of this.#clips.keys()) {
      if (this.#bytes <= maximumCacheBytes || oldest === file) break;
      this.#forget(oldest);
    }
  }

  #forget(file: string): void {
    const cached = this.#clips.get(file);
    if (cached) this.#bytes -= cached.clip.bytes;
    this.#clips.delete(file);
  }
}
