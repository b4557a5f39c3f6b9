import type { Timers } from '@amtsleitung/base';
import type { MediaEvent } from '../engine/media-engine.ts';
import type { MediaHost } from './media-host.ts';

const playbackId = 'farewell';
/** Longer than any apology; ends a leg whose far side is not even connected. */
const patienceMilliseconds = 15_000;

/** Ends legs that no server answers for: an apology, then silence. */
export class Farewell {
  readonly #host: MediaHost;
  readonly #apologyFile: string | undefined;
  readonly #timers: Timers;
  readonly #onEnded: (leg: string) => void;
  readonly #leaving = new Set<string>();

  /** `onEnded` is for a server that came back too late to keep the leg. */
  constructor(host: MediaHost, apologyFile: string | undefined, timers: Timers, onEnded: (leg: string) => void) {
    this.#host = host;
    this.#apologyFile = apologyFile;
    this.#timers = timers;
    this.#onEnded = onEnded;
  }

  say(leg: string): void {
    this.#leaving.add(leg);
    const items = this.#apologyFile === undefined ? [] : [{ file: this.#apologyFile }];
    // Without a file the empty list ends at once.
    this.#host.park(leg);
    this.#host.play(leg, playbackId, items, false).catch(() => this.#end(leg));
    this.#timers.after(patienceMilliseconds, () => this.#end(leg));
  }

  /** Whether the event belongs to a farewell. */
  take(event: MediaEvent): boolean {
    if (event.kind !== 'playback-ended' || event.playbackId !== playbackId || !this.#leaving.has(event.leg))
      return false;
    this.#end(event.leg);
    return true;
  }

  #end(leg: string): void {
    if (!this.#leaving.delete(leg)) return;
    void this.#host.close(leg);
    this.#onEnded(leg);
  }
}
