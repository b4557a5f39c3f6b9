import type {
  LegKind,
  LegOptions,
  LegStats,
  MediaEngine,
  MediaEvent,
  PlaylistItem,
  Renegotiation,
} from '../engine/media-engine.ts';
import { MediaError } from '../engine/media-engine.ts';
import type { ControlArgs, ControlMethod, ControlResult } from './control-protocol.ts';
import type { EmbeddedEngineOptions } from './engine-options.ts';

/** The built-in media engine: a client of the media process, which it starts, adopts, watches and restarts. */
export class EmbeddedEngine implements MediaEngine {
  /** Adopts the media process of the runtime folder, or starts one. Rejects when its port or folder cannot be used. */
  static start(options: EmbeddedEngineOptions): Promise<EmbeddedEngine> {
    return Promise.reject(new Error(`not ready in ${options.runtimeFolder}`));
  }

  /** The UDP port all browsers share. */
  get browserPort(): number {
    return 0;
  }

  /** Process id of the media process. */
  get pid(): number {
    return 0;
  }

  answer(leg: string, kind: LegKind, offerSdp: string, options: LegOptions = {}): Promise<string> {
    return this.#ask('answer', leg, kind, offerSdp, options);
  }
  offer(leg: string, kind: LegKind, options: LegOptions = {}): Promise<string> {
    return this.#ask('offer', leg, kind, options);
  }
  accept(leg: string, answerSdp: string): Promise<void> {
    return this.#ask('accept', leg, answerSdp);
  }
  renegotiate(leg: string, offerSdp: string): Promise<Renegotiation> {
    return this.#ask('renegotiate', leg, offerSdp);
  }
  describe(leg: string): Promise<string> {
    return this.#ask('describe', leg);
  }
  close(leg: string): Promise<void> {
    return this.#ask('close', leg);
  }
  bridge(left: string, right: string): Promise<void> {
    return this.#ask('bridge', left, right);
  }
  park(leg: string): Promise<void> {
    return this.#ask('park', leg);
  }
  play(leg: string, playbackId: string, files: readonly PlaylistItem[], loop: boolean): Promise<void> {
    return this.#ask('play', leg, playbackId, files, loop);
  }
  stop(leg: string): Promise<void> {
    return this.#ask('stop', leg);
  }
  sendDigits(leg: string, digits: string): Promise<void> {
    return this.#ask('sendDigits', leg, digits);
  }
  record(leg: string, recordingId: string, file: string, maxMilliseconds: number): Promise<void> {
    return this.#ask('record', leg, recordingId, file, maxMilliseconds);
  }
  stopRecording(leg: string): Promise<void> {
    return this.#ask('stopRecording', leg);
  }
  stats(leg: string): Promise<LegStats> {
    return this.#ask('stats', leg);
  }
  list(): Promise<readonly string[]> {
    return this.#ask('list');
  }
  onEvent(_listener: (event: MediaEvent) => void): () => void {
    return () => {};
  }

  /** Ends every leg and the media process: nothing outlives it. */
  shutDown(): Promise<void> {
    return Promise.resolve();
  }

  /** Leaves the media process running, for a server that will be back in a moment. */
  detach(): Promise<void> {
    return Promise.resolve();
  }

  #ask<Method extends ControlMethod>(method: Method, ..._args: ControlArgs<Method>): Promise<ControlResult<Method>> {
    return Promise.reject(new MediaError(503, `media engine is not ready: ${method}`));
  }
}
