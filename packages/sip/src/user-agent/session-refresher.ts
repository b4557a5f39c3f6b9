import type { Timer, Timers } from '@amtsleitung/base';
import { sessionTimerDelay } from '../dialogs/session-timer.ts';
import type { SessionTimer } from '../dialogs/session-timer.ts';

export interface SessionRefresherOptions {
  readonly timers: Timers;
  /** Our turn to refresh. */
  readonly refresh: () => void;
  /** The far side did not. */
  readonly expired: () => void;
}

/** Watches the session timer of one session, RFC 4028 §10. */
export class SessionRefresher {
  readonly #options: SessionRefresherOptions;
  #running: Timer | undefined;

  constructor(options: SessionRefresherOptions) {
    this.#options = options;
  }

  /** Starts anew with every agreement; undefined: no timer any more. */
  restart(timer: SessionTimer | undefined): void {
    this.stop();
    if (!timer) return;
    const fire = timer.refresher === 'local' ? this.#options.refresh : this.#options.expired;
    this.#running = this.#options.timers.after(sessionTimerDelay(timer), fire);
  }

  stop(): void {
    this.#running?.cancel();
    this.#running = undefined;
  }
}
