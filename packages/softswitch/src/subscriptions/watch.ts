import type { Clock, Timer, Timers } from '@amtsleitung/base';
import type { Body, ServerSubscription } from '@amtsleitung/sip';
import type { Account } from '../registrar/account.ts';
import type { ToldState } from './told-state.ts';

/** At most one NOTIFY in this time; what changes meanwhile is told afterwards, the latest state only. */
export const notifyMilliseconds = 500;

export interface WatchPorts {
  readonly clock: Clock;
  readonly timers: Timers;
}

/** One subscription of one phone: tells what it watches, neither twice nor too often. */
export class Watch {
  readonly account: Account;
  readonly subscription: ServerSubscription;
  readonly #state: ToldState;
  readonly #ports: WatchPorts;
  #told: string | undefined;
  #toldAt = 0;
  #later: Timer | undefined;
  #isClosed = false;

  constructor(account: Account, subscription: ServerSubscription, state: ToldState, ports: WatchPorts) {
    this.account = account;
    this.subscription = subscription;
    this.#state = state;
    this.#ports = ports;
  }

  /** Grants it; the first NOTIFY leaves at once. */
  start(): void {
    this.subscription.accept(() => this.#document());
  }

  /** What is watched may have changed. */
  look(): void {
    if (this.#isClosed || this.#later || this.#state.state() === this.#told) return;
    const { clock, timers } = this.#ports;
    const wait = this.#toldAt + notifyMilliseconds - clock.monotonic();
    if (wait <= 0) return this.#notify();
    this.#later = timers.after(wait, () => {
      this.#later = undefined;
      if (this.#state.state() !== this.#told) this.#notify();
    });
  }

  /** The phone may watch no longer; it is welcome to ask again as whoever it is now (RFC 6665 §4.1.3). */
  end(): void {
    this.subscription.terminate('deactivated');
  }

  /** Whether this is the end or the SIP side's own: nothing more is told. */
  close(): void {
    this.#isClosed = true;
    this.#later?.cancel();
    this.#state.close?.();
  }

  #notify(): void {
    this.subscription.notify(() => this.#document());
  }

  #document(): Body {
    this.#told = this.#state.state();
    this.#toldAt = this.#ports.clock.monotonic();
    return this.#state.document();
  }
}
