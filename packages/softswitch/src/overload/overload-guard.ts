import type { Clock, Logger, RandomSource, Timer, Timers } from '@amtsleitung/base';
import { emergencyDigits } from '@amtsleitung/domain';
import type { ScreenVerdict, SipRequest, Source } from '@amtsleitung/sip';
import { dialledByPhone } from '../trunks/dialled-number.ts';
import { nextOverload } from './overload-machine.ts';
import type { LoadReading, Overload, OverloadRules } from './overload-machine.ts';

export interface OverloadGuardPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomSource;
  readonly logger: Logger;
  readonly rules: OverloadRules;
  readonly read: () => LoadReading;
  /** Whether a phone is registered from there, or the one that a REGISTER names is registered at all. */
  readonly isKnown: (request: SipRequest, source: Source) => boolean;
  /** Whether a proxy of ours passes it on for a phone. */
  readonly isPassedOn: (request: SipRequest, source: Source) => boolean;
}

const readMilliseconds = 500;
/** Those sent away come back spread over this time (RFC 3261 §20.33), not all at once. */
const shortestRetrySeconds = 5;
const retrySpreadSeconds = 15;

/**
 * Sends new work away before everybody has to wait (RFC 6357): new calls and subscriptions, and at worst phones that are
 * not registered. Emergency calls, running calls and registered phones' REGISTERs are served whatever happens.
 */
export class OverloadGuard {
  readonly #ports: OverloadGuardPorts;
  #state: Overload = { kind: 'calm', isWarned: false };
  #timer: Timer | undefined;
  #shed = 0;

  constructor(ports: OverloadGuardPorts) {
    this.#ports = ports;
  }

  start(): void {
    this.#timer = this.#ports.timers.after(readMilliseconds, () => {
      this.#read();
      this.start();
    });
  }

  close(): void {
    this.#timer?.cancel();
  }

  get isShedding(): boolean {
    return this.#state.kind === 'shedding';
  }

  /** What to answer to a request outside a dialog; undefined: it is served. */
  refuse(request: SipRequest, source: Source): ScreenVerdict | undefined {
    const state = this.#state;
    if (state.kind === 'calm' || this.#isServed(request, source, state.isSevere)) return undefined;
    this.#shed += 1;
    const seconds = shortestRetrySeconds + this.#ports.random.integer(retrySpreadSeconds + 1);
    // RFC 3261 §16.7 step 6: a proxy takes a 503 for the whole house's, and passes it on as 500 without the time.
    const status = this.#ports.isPassedOn(request, source) ? 480 : 503;
    return { status, headers: [{ name: 'Retry-After', value: String(seconds) }] };
  }

  #isServed(request: SipRequest, source: Source, isSevere: boolean): boolean {
    switch (request.method) {
      // TKG §164: emergency calls pass every limit.
      case 'INVITE':
        return emergencyDigits(dialledByPhone(request)) !== undefined;
      case 'REGISTER':
        return !isSevere || this.#ports.isKnown(request, source);
      case 'SUBSCRIBE':
        return false;
      default:
        return true;
    }
  }

  #read(): void {
    const { clock, read, rules, logger } = this.#ports;
    const reading = read();
    const before = this.#state;
    this.#state = nextOverload(before, reading, clock.monotonic(), rules);
    if (before.kind === this.#state.kind) return;
    if (this.#state.kind === 'shedding') logger.warn('Overloaded, new calls are sent away', { ...reading });
    else logger.info('No longer overloaded', { ...reading, refused: this.#shed });
    this.#shed = 0;
  }
}
