import type { Clock, Timer, Timers } from '@amtsleitung/base';
import { headerValue } from '../messages/header-access.ts';
import type { Header, SipMessage, SipResponse } from '../messages/sip-message.ts';
import { parseNumber } from '../messages/token.ts';
import { agreedSessionTimer, minimumSessionSeconds, sessionTimerDelay } from '../dialogs/session-timer.ts';
import type { SessionTimer } from '../dialogs/session-timer.ts';

const secondAttemptMilliseconds = 60_000;
/** Longer ones are no intervals but forever. */
const longestMinimum = 86_400;

export interface SessionRefresherOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Sends UPDATE or re-INVITE; resolves with its final response. */
  readonly send: (headers: readonly Header[]) => Promise<SipResponse | undefined>;
  /** The session was not refreshed in time, by the far side or by us. */
  readonly expired: () => void;
}

/** Keeps the session timer of one session, RFC 4028 §10: refreshes it or waits for the far side to. */
export class SessionRefresher {
  readonly #options: SessionRefresherOptions;
  #timer: SessionTimer | undefined;
  #running: Timer | undefined;
  #endsAt = 0;
  /** The largest Min-SE heard, in seconds (§7.4). */
  #minimum: number | undefined;
  #isStopped = false;

  constructor(options: SessionRefresherOptions) {
    this.#options = options;
  }

  /** §7.4: what a refresh of the far side names as smallest interval holds for ours, too. */
  note(message: SipMessage): void {
    const minimum = parseNumber(headerValue(message, 'Min-SE')?.trim() ?? '', longestMinimum);
    // §5: nobody may name less than 90 s.
    if (minimum === undefined || minimum < minimumSessionSeconds) return;
    this.#minimum = Math.max(minimum, this.#minimum ?? 0);
  }

  /** Starts anew with every agreement; undefined: no timer any more. */
  restart(timer: SessionTimer | undefined): void {
    if (this.#isStopped) return;
    this.#running?.cancel();
    this.#timer = timer;
    if (!timer) return;
    const { clock, timers, expired } = this.#options;
    this.#endsAt = clock.monotonic() + sessionTimerDelay({ ...timer, refresher: 'remote' });
    const fire = timer.refresher === 'local' ? () => void this.#refresh() : expired;
    this.#running = timers.after(sessionTimerDelay(timer), fire);
  }

  stop(): void {
    this.#isStopped = true;
    this.#running?.cancel();
  }

  async #refresh(): Promise<void> {
    const before = this.#timer;
    if (!before || this.#isStopped) return;
    const response = await this.#options.send(this.#headers(before.seconds));
    const status = response?.status ?? 408;
    // Somebody else has agreed on something meanwhile.
    if (this.#timer !== before) return;
    if (response && status < 300) return this.restart(agreedSessionTimer(response));
    const minimum = parseNumber((response && headerValue(response, 'Min-SE')?.trim()) ?? '', longestMinimum);
    if (status === 422 && minimum !== undefined && minimum > before.seconds) {
      this.#minimum = minimum;
      this.#timer = { ...before, seconds: minimum };
      return this.#refresh();
    }
    this.#tryLater();
  }

  #headers(seconds: number): readonly Header[] {
    // §7.4: who refreshes goes on to do so.
    const interval = Math.max(seconds, this.#minimum ?? 0);
    const expires = { name: 'Session-Expires', value: `${interval};refresher=uac` };
    return this.#minimum === undefined ? [expires] : [expires, { name: 'Min-SE', value: String(this.#minimum) }];
  }

  /** §10: what could not be refreshed until shortly before its end is ended. */
  #tryLater(): void {
    if (this.#isStopped) return;
    const { clock, timers, expired } = this.#options;
    const left = this.#endsAt - clock.monotonic();
    this.#running =
      left > secondAttemptMilliseconds
        ? timers.after(secondAttemptMilliseconds, () => void this.#refresh())
        : timers.after(Math.max(0, left), expired);
  }
}
