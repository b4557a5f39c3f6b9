import { isIP } from 'node:net';
import { systemClock, systemTimers, TypedEmitter } from '@amtsleitung/base';
import type {
  LegKind,
  LegOptions,
  LegStats,
  MediaEngine,
  MediaEvent,
  PlaylistItem,
  RecordingLimits,
  Renegotiation,
} from '../engine/media-engine.ts';
import { MediaLink } from './control/media-link.ts';
import { MediaStartError } from './control/process-launcher.ts';
import { mediaSettings, type AddressPair, type EmbeddedEngineOptions } from './engine-options.ts';

function requireFamily({ bindAddress, publicAddresses }: AddressPair, family: 4 | 6): void {
  const unusable = [bindAddress, ...publicAddresses].find((address) => isIP(address) !== family);
  if (unusable === undefined) return;
  throw new MediaStartError(`Media needs IPv${family} addresses here, which "${unusable}" is not`);
}

/** The built-in media engine: a client of the media process, which it starts, adopts, watches and restarts. */
export class EmbeddedEngine implements MediaEngine {
  readonly #link: MediaLink;
  readonly #events: TypedEmitter<MediaEvent>;

  private constructor(options: EmbeddedEngineOptions) {
    const { logger, clock = systemClock, timers = systemTimers } = options;
    this.#events = new TypedEmitter((error) => logger.error('a media listener failed', { error: String(error) }));
    this.#link = new MediaLink({
      settings: mediaSettings(options),
      clock,
      timers,
      logger,
      onEvent: (event) => this.#events.emit(event),
    });
  }

  /**
   * Adopts the media process of the runtime folder, or starts one. Rejects with `MediaStartError` when it cannot start,
   * `code` EADDRINUSE when the browsers' port is taken.
   */
  static async start(options: EmbeddedEngineOptions): Promise<EmbeddedEngine> {
    const { second, ...first } = mediaSettings(options);
    requireFamily(first, 4);
    if (second) requireFamily(second, 6);
    const engine = new EmbeddedEngine(options);
    await engine.#link.open();
    return engine;
  }

  /** The UDP port all browsers share. */
  get browserPort(): number {
    return this.#link.greeting.browserPort;
  }

  /** Process id of the media process. */
  get pid(): number {
    return this.#link.greeting.pid;
  }

  answer(leg: string, kind: LegKind, offerSdp: string, options: LegOptions = {}): Promise<string> {
    return this.#link.ask('answer', leg, kind, offerSdp, options);
  }

  offer(leg: string, kind: LegKind, options: LegOptions = {}): Promise<string> {
    return this.#link.ask('offer', leg, kind, options);
  }

  accept(leg: string, answerSdp: string): Promise<void> {
    return this.#link.ask('accept', leg, answerSdp);
  }

  renegotiate(leg: string, offerSdp: string): Promise<Renegotiation> {
    return this.#link.ask('renegotiate', leg, offerSdp);
  }

  describe(leg: string): Promise<string> {
    return this.#link.ask('describe', leg);
  }

  close(leg: string): Promise<void> {
    return this.#link.ask('close', leg);
  }

  bridge(left: string, right: string): Promise<void> {
    return this.#link.ask('bridge', left, right);
  }

  park(leg: string): Promise<void> {
    return this.#link.ask('park', leg);
  }

  play(leg: string, playbackId: string, files: readonly PlaylistItem[], loop: boolean): Promise<void> {
    return this.#link.ask('play', leg, playbackId, files, loop);
  }

  stop(leg: string): Promise<void> {
    return this.#link.ask('stop', leg);
  }

  sendDigits(leg: string, digits: string): Promise<void> {
    return this.#link.ask('sendDigits', leg, digits);
  }

  record(leg: string, recordingId: string, file: string, limits: RecordingLimits): Promise<void> {
    return this.#link.ask('record', leg, recordingId, file, limits);
  }

  stopRecording(leg: string): Promise<void> {
    return this.#link.ask('stopRecording', leg);
  }

  stats(leg: string): Promise<LegStats> {
    return this.#link.ask('stats', leg);
  }

  list(): Promise<readonly string[]> {
    return this.#link.ask('list');
  }

  onEvent(listener: (event: MediaEvent) => void): () => void {
    return this.#events.listen(listener);
  }

  /** A clean stop: ends every leg and the media process; nothing outlives it. */
  shutDown(): Promise<void> {
    return this.#link.shutDown();
  }

  /** Leaves the media process running, for a server that will be back in a moment. */
  detach(): void {
    this.#link.detach();
  }
}
