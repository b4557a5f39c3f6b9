import { open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { millisecondsOf, samplesOf } from '../../audio/telephone-audio.ts';
import { VoiceActivity } from '../../audio/voice-activity.ts';
import { printSamples, wavHeader, wavHeaderLength } from '../../audio/wav.ts';
import type { RecordingLimits } from '../../engine/media-engine.ts';
import { timestampDistance } from '../../rtp/serial-number.ts';

const chunkSamples = 4000;
/** So much unwritten audio means that the disk no longer takes any: 64 s. */
const maximumPendingBytes = 1024 * 1024;
/** A jump of the source's timestamps beyond this is a new start, not a pause. */
const maximumGapSamples = 80_000;
/** Left standing after the last voice, so that no word is cut. */
const tailSamples = 4000;

/** `file` is empty when the disk kept nothing of what was said. */
export interface RecordingResult {
  readonly file: string;
  readonly milliseconds: number;
  readonly voiceMilliseconds: number;
}

/**
 * One recording being written: `<file>.part` while it grows, `<file>` once its header says how long it is. A disk that
 * fails ends it with what there is; the leg goes on.
 */
export class Recording {
  readonly file: string;
  readonly #handle: FileHandle;
  readonly #maximumSamples: number;
  readonly #silentSamples: number;
  readonly #voice = new VoiceActivity();
  readonly #chunk = new Int16Array(chunkSamples);
  #inChunk = 0;
  #samples = 0;
  #pendingBytes = 0;
  #writes: Promise<void> = Promise.resolve();
  #writtenBytes = 0;
  #failed = false;
  #anchor: { readonly ssrc: number; readonly timestamp: number; readonly sample: number } | undefined;

  private constructor(file: string, handle: FileHandle, limits: RecordingLimits) {
    this.file = file;
    this.#handle = handle;
    this.#maximumSamples = samplesOf(limits.maxMilliseconds);
    this.#silentSamples = samplesOf(limits.silentMilliseconds ?? Number.POSITIVE_INFINITY);
  }

  /** Rejects when the file cannot be created. */
  static async create(file: string, limits: RecordingLimits): Promise<Recording> {
    const handle = await open(partOf(file), 'w', 0o600);
    try {
      await handle.write(wavHeader(0), 0, wavHeaderLength, 0);
    } catch (error) {
      await handle.close();
      await unlink(partOf(file)).catch(() => {});
      throw error;
    }
    return new Recording(file, handle, limits);
  }

  /** Whether a limit is reached, or the disk failed. `elapsed` is milliseconds since the start. */
  isOver(elapsed: number): boolean {
    const now = samplesOf(elapsed);
    return this.#full || now >= this.#maximumSamples || now - this.#voice.end >= this.#silentSamples;
  }

  /** Sound of one packet, put where its timestamp says; what was lost or not sent becomes silence. */
  write(payload: Uint8Array, table: Int16Array, ssrc: number, timestamp: number, elapsed: number): void {
    const position = this.#positionOf(ssrc, timestamp, elapsed);
    if (position < this.#samples - payload.length) return;
    this.#fillTo(position);
    // A packet that overlaps what is there comes with a changed packet time: only its new part counts.
    const from = Math.max(0, this.#samples - position);
    const samples = Int16Array.from(payload.subarray(from), (code) => table[code]!);
    this.#voice.hear(samples, this.#samples);
    for (const sample of samples) this.#append(sample);
  }

  /** Completes the file, which is of no length when nobody spoke. `elapsed` is milliseconds since the start. */
  async finish(elapsed: number): Promise<RecordingResult> {
    const { end } = this.#voice;
    const wanted = Math.min(end === 0 ? 0 : end + tailSamples, samplesOf(elapsed), this.#maximumSamples);
    this.#fillTo(wanted);
    this.#flush();
    await this.#writes;
    try {
      const bytes = Math.min(wanted * 2, this.#writtenBytes - (this.#writtenBytes % 2));
      if (wanted > 0 && bytes === 0) throw new Error('nothing was kept');
      await this.#handle.truncate(wavHeaderLength + bytes);
      await this.#handle.write(wavHeader(bytes), 0, wavHeaderLength, 0);
      await this.#handle.sync();
      await this.#handle.close();
      await rename(partOf(this.file), this.file);
      const milliseconds = millisecondsOf(bytes / 2);
      const voiceMilliseconds = Math.min(milliseconds, Math.round(this.#voice.milliseconds));
      return { file: this.file, milliseconds, voiceMilliseconds };
    } catch {
      await this.#handle.close().catch(() => {});
      await unlink(partOf(this.file)).catch(() => {});
      return { file: '', milliseconds: 0, voiceMilliseconds: 0 };
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
