import { AsyncMailbox } from '@amtsleitung/base';
import type { Logger, Timers } from '@amtsleitung/base';
import { MediaError } from '@amtsleitung/media';
import type { LegKind, LegOptions, MediaEngine, Renegotiation } from '@amtsleitung/media';

export interface MediaPorts {
  readonly engine: MediaEngine;
  readonly timers: Timers;
  readonly logger: Logger;
  /** Told of every closing, for those who wait until the engine has let go. */
  readonly closing: (settled: Promise<void>) => void;
}

/** An engine that does not answer in this time counts as failed, so that no leg waits for ever. */
const patienceMilliseconds = 5_000;

/**
 * The media side of one SIP dialog: everything asked of the engine for it runs in order, and it is closed exactly once.
 * After `close` nothing runs any more; requests that wait for an answer then reject.
 */
export class MediaLeg {
  readonly id: string;
  readonly #ports: MediaPorts;
  readonly #options: LegOptions;
  readonly #mailbox: AsyncMailbox;
  #opened = false;
  #closed: Promise<void> | undefined;

  constructor(id: string, ports: MediaPorts, options: LegOptions) {
    this.id = id;
    this.#ports = ports;
    this.#options = options;
    this.#mailbox = new AsyncMailbox((error) => {
      ports.logger.debug('Media command failed', { leg: id, error: String(error) });
    });
  }

  get isClosed(): boolean {
    return this.#closed !== undefined;
  }

  answer(kind: LegKind, offerSdp: string): Promise<string> {
    return this.#ask((engine) => this.#open(() => engine.answer(this.id, kind, offerSdp, this.#options)));
  }

  offer(kind: LegKind): Promise<string> {
    return this.#ask((engine) => this.#open(() => engine.offer(this.id, kind, this.#options)));
  }

  accept(answerSdp: string): Promise<void> {
    return this.#ask((engine) => engine.accept(this.id, answerSdp));
  }

  renegotiate(offerSdp: string): Promise<Renegotiation> {
    return this.#ask((engine) => engine.renegotiate(this.id, offerSdp));
  }

  describe(): Promise<string> {
    return this.#ask((engine) => engine.describe(this.id));
  }

  /** Runs one command after what was asked before. A command that fails leaves the leg as it is. */
  command(run: (engine: MediaEngine, leg: string) => Promise<void>): void {
    void this.#ask((engine) => run(engine, this.id)).catch(() => {});
  }

  /** Joins both as soon as each has done what it was asked before. */
  bridge(other: MediaLeg): void {
    const otherReady = Promise.withResolvers<void>();
    const joined = Promise.withResolvers<void>();
    const waiting = other.#ask(() => {
      otherReady.resolve();
      return joined.promise;
    });
    const joining = this.#ask(async (engine) => {
      await otherReady.promise;
      if (!other.isClosed) await engine.bridge(this.id, other.id);
    });
    // Whichever side cannot, the other must not wait for it.
    void waiting.catch(() => {}).finally(otherReady.resolve);
    void joining.catch(() => {}).finally(joined.resolve);
  }

  /** Settles when the engine has let go of it. */
  close(): Promise<void> {
    if (this.#closed) return this.#closed;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#closed = promise;
    this.#mailbox.post(async () => {
      try {
        if (this.#opened) await this.#limited(this.#ports.engine.close(this.id));
      } finally {
        resolve();
      }
    });
    this.#ports.closing(promise);
    return promise;
  }

  #open<Answer>(run: () => Promise<Answer>): Promise<Answer> {
    this.#opened = true;
    return run();
  }

  #ask<Answer>(run: (engine: MediaEngine) => Promise<Answer>): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#mailbox.post(async () => {
      try {
        if (this.isClosed) throw new MediaError(500, 'The leg is over.');
        resolve(await this.#limited(run(this.#ports.engine)));
      } catch (error) {
        reject(error);
        throw error;
      }
    });
    return promise;
  }

  #limited<Answer>(work: Promise<Answer>): Promise<Answer> {
    const { promise, reject } = Promise.withResolvers<Answer>();
    const timer = this.#ports.timers.after(patienceMilliseconds, () =>
      reject(new MediaError(503, 'The media engine does not answer.')),
    );
    return Promise.race([work, promise]).finally(() => timer.cancel());
  }
}

/** What to tell the far side when its media could not be agreed on. */
export const statusOfMediaError = (error: unknown): number => (error instanceof MediaError ? error.sipStatus : 500);
