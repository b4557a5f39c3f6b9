import { open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { timestampDistance } from '../../rtp/serial-number.ts';
import { millisecondsOf, samplesOf } from '../../audio/telephone-audio.ts';
import { printSamples, wavHeader, wavHeaderLength } from '../../audio/wav.ts';

const chunkSamples = 4000;
/** So much unwritten audio means that the disk no longer takes any: 64 s. */
const maximumPendingBytes = 1024 * 1024;
/** A jump of the source's timestamps beyond this is a new start, not a pause. */
const maximumGapSamples = 80_000;

/**
 * One recording being written: `<file>.part` while it grows, `<file>` once its header says how long it is. A disk that
 * fails ends it with what there is; the leg goes on.
 */
export class Recording {
  readonly file: string;
  readonly #handle: FileHandle;
  readonly #maximumSamples: number;
  readonly #chunk = new Int16Array(chunkSamples);
  #inChunk = 0;
  #samples = 0;
  #pendingBytes = 0;
  #writes: Promise<void> = Promise.resolve();
  #writtenBytes = 0;
  #failed = false;
  #anchor: { readonly ssrc: number; readonly timestamp: number; readonly sample: number } | undefined;

  private constructor(file: string, handle: FileHandle, maximumMilliseconds: number) {
    this.file = file;
    this.#handle = handle;
    this.#maximumSamples = samplesOf(maximumMilliseconds);
  }

  /** Rejects when the file cannot be created. */
  static async create(file: string, maximumMilliseconds: number): Promise<Recording> {
    const handle = await open(partOf(file), 'w', 0o600);
    try {
      await handle.write(wavHeader(0), 0, wavHeaderLength, 0);
    } catch (error) {
      await handle.close();
      await unlink(partOf(file)).catch(() => {});
      throw error;
    }
    return new Recording(file, handle, maximumMilliseconds);
  }

  /** Whether it is as long as it may be, or the disk failed. `elapsed` is milliseconds since the start. */
  isOver(elapsed: number): boolean {
    return this.#full || samplesOf(elapsed) >= this.#maximumSamples;
  }

  /** Sound of one packet, put where its timestamp says; what was lost or not sent becomes silence. */
  write(payload: Uint8Array, table: Int16Array, ssrc: number, timestamp: number, elapsed: number): void {
    const position = this.#positionOf(ssrc, timestamp, elapsed);
    if (position < this.#samples - payload.length) return;
    this.#fillTo(position);
    // A packet that overlaps what is there comes with a changed packet time: only its new part counts.
    const from = Math.max(0, this.#samples - position);
    for (let index = from; index < payload.length; index++) this.#append(table[payload[index]!]!);
  }

  /** Completes the file. Returns its length in milliseconds; 0 when nothing could be kept. `elapsed` is since the start. */
  async finish(elapsed: number): Promise<number> {
    this.#fillTo(Math.min(samplesOf(elapsed), this.#maximumSamples));
    this.#flush();
    await this.#writes;
    try {
      const bytes = this.#writtenBytes - (this.#writtenBytes % 2);
      await this.#handle.truncate(wavHeaderLength + bytes);
      await this.#handle.write(wavHeader(bytes), 0, wavHeaderLength, 0);
      await this.#handle.sync();
      await this.#handle.close();
      await rename(partOf(this.file), this.file);
      return millisecondsOf(bytes / 2);
    } catch {
      await this.#handle.close().catch(() => {});
      await unlink(partOf(this.file)).catch(() => {});
      return 0;
    }
  }

  get #full(): boolean {
    return this.#failed || this.#samples >= this.#maximumSamples;
  }

  #positionOf(ssrc: number, timestamp: number, elapsed: number): number {
    const anchor = this.#anchor;
    if (anchor?.ssrc === ssrc) {
      const position = anchor.sample + timestampDistance(anchor.timestamp, timestamp);
      if (Math.abs(position - samplesOf(elapsed)) < maximumGapSamples) return position;
    }
    const sample = Math.max(this.#samples, samplesOf(elapsed));
    this.#anchor = { ssrc, timestamp, sample };
    return sample;
  }

  #fillTo(position: number): void {
    while (this.#samples < position && !this.#full) this.#append(0);
  }

  #append(sample: number): void {
    if (this.#full) return;
    this.#chunk[this.#inChunk++] = sample;
    this.#samples++;
    if (this.#inChunk === chunkSamples) this.#flush();
  }

  #flush(): void {
    if (this.#inChunk === 0 || this.#failed) return;
    const bytes = printSamples(this.#chunk.subarray(0, this.#inChunk));
    this.#inChunk = 0;
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes > maximumPendingBytes) this.#failed = true;
    else this.#writes = this.#writes.then(() => this.#store(bytes));
  }

  async #store(bytes: Buffer): Promise<void> {
    try {
      for (let done = 0; done < bytes.length && !this.#failed;) {
        const { bytesWritten } = await this.#handle.write(bytes, done, undefined, wavHeaderLength + this.#writtenBytes);
        done += bytesWritten;
        this.#writtenBytes += bytesWritten;
      }
    } catch {
      this.#failed = true;
    } finally {
      this.#pendingBytes -= bytes.length;
    }
  }
}

const partOf = (file: string): string => `${file}.part`;
