import type { Clock } from '@amtsleitung/base';
import { MediaError, type RecordingLimits } from '../../engine/media-engine.ts';
import { Recording, type RecordingResult } from './recording.ts';

interface Running {
  readonly id: string;
  readonly recording: Recording;
  readonly since: number;
}

export interface RecordingEnd extends RecordingResult {
  readonly recordingId: string;
}

/** At most one recording of a leg at a time, from its start to its end for whatever reason. */
export class LegRecorder {
  readonly #clock: Clock;
  readonly #onEnd: (end: RecordingEnd) => void;
  #running: Running | undefined;
  #starting = false;
  #ending: Promise<void> = Promise.resolve();

  constructor(clock: Clock, onEnd: (end: RecordingEnd) => void) {
    this.#clock = clock;
    this.#onEnd = onEnd;
  }

  /** Rejects with `MediaError` 500 when the file cannot be made, 400 while another recording runs. */
  async start(id: string, file: string, limits: RecordingLimits): Promise<void> {
    if (this.#running || this.#starting) throw new MediaError(400, 'a recording is running');
    this.#starting = true;
    try {
      const recording = await Recording.create(file, limits);
      this.#running = { id, recording, since: this.#clock.monotonic() };
    } catch (error) {
      throw new MediaError(500, `cannot record: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`);
    } finally {
      this.#starting = false;
    }
  }

  write(payload: Uint8Array, table: Int16Array, ssrc: number, timestamp: number): void {
    const running = this.#running;
    if (!running) return;
    running.recording.write(payload, table, ssrc, timestamp, this.#clock.monotonic() - running.since);
  }

  /** To be called every frame: ends a recording that has reached its limits, or that the disk no longer takes. */
  check(): void {
    const running = this.#running;
    if (running?.recording.isOver(this.#clock.monotonic() - running.since)) void this.end();
  }

  /** Settles when the file is complete. Does nothing when none runs. */
  end(): Promise<void> {
    const running = this.#running;
    if (!running) return this.#ending;
    this.#running = undefined;
    this.#ending = running.recording.finish(this.#clock.monotonic() - running.since).then((result) => {
      this.#onEnd({ recordingId: running.id, ...result });
    });
    return this.#ending;
  }
}
