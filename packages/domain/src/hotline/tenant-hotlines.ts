import { newId, type Clock, type Logger, type RandomSource, type Timer, type Timers } from '@amtsleitung/base';
import type { Reachability } from '../calls/call-control.ts';
import type { LineOccupancy } from '../calls/line-occupancy.ts';
import type { EventWriter } from '../events/event-writer.ts';
import type { DistributionEffect, DistributionInput } from './distribution.ts';
import { Distributor } from './distributor.ts';
import type { Hall, Touched } from './hall.ts';
import type { QueuedCall } from './queued-call.ts';

export interface TenantHotlinesParts {
  readonly tenantId: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomSource;
  readonly logger: Logger;
  readonly reachability: Reachability;
  readonly lines: LineOccupancy;
  readonly events: EventWriter;
  /** Called after every input. */
  readonly onChange: (touched: Touched) => void;
}

type CallEffect = Exclude<DistributionEffect, { kind: 'event' }>;

/** Runs one tenant's distributor: one input at a time, effects carried out in order, one timer. */
export class TenantHotlines {
  readonly #distributor: Distributor;
  readonly #parts: TenantHotlinesParts;
  readonly #calls = new Map<string, QueuedCall>();
  readonly #due: CallEffect[] = [];
  #delivering = false;
  #wake: Timer | undefined;

  constructor(parts: TenantHotlinesParts) {
    this.#parts = parts;
    const { clock, random, reachability, lines } = parts;
    this.#distributor = new Distributor({
      newOfferId: () => newId(clock, random),
      wallTime: () => clock.now(),
      isReachable: (personId) => reachability.isReachable(personId),
      isBusy: (personId) => lines.isBusy(personId),
    });
  }

  get hall(): Hall {
    return this.#distributor.hall;
  }

  enter(call: QueuedCall, hotlineId: string): void {
    this.#calls.set(call.callId, call);
    this.post({ kind: 'entered', callId: call.callId, hotlineId });
  }

  leave(callId: string): void {
    this.post({ kind: 'left', callId });
    this.#calls.delete(callId);
  }

  /**
   * Takes one input to its end. What calls have to do about it follows after, in order: a call that answers with a new
   * input never finds a distributor in the middle of something.
   */
  post(input: DistributionInput): void {
    for (const effect of this.#distributor.apply(input, this.#parts.clock.monotonic())) {
      if (effect.kind === 'event') this.#parts.events.write(this.#parts.tenantId, effect.facts);
      else this.#due.push(effect);
    }
    this.#setWake();
    this.#parts.onChange(this.hall.takeTouched());
    this.#deliver();
  }

  close(): void {
    this.#wake?.cancel();
  }

  #deliver(): void {
    if (this.#delivering) return;
    this.#delivering = true;
    for (let next = this.#due.shift(); next; next = this.#due.shift()) this.#carryOut(next);
    this.#delivering = false;
  }

  /** One call's failure is not the queue's. */
  #carryOut(effect: CallEffect): void {
    try {
      this.#tellCall(effect);
    } catch (error) {
      this.#parts.logger.error('hotline effect failed', { effect: effect.kind, error: String(error) });
    }
  }

  #tellCall(effect: CallEffect): void {
    if (effect.kind === 'offer') return this.#calls.get(effect.offer.callId)?.offered(effect.offer);
    const call = this.#calls.get(effect.callId);
    if (effect.kind === 'withdraw') return call?.withdrawn(effect.offerId);
    this.#calls.delete(effect.callId);
    if (effect.kind === 'accept') call?.accepted(effect.offerId);
    else call?.overflowed(effect.reason);
  }

  #setWake(): void {
    this.#wake?.cancel();
    const now = this.#parts.clock.monotonic();
    const at = this.hall.nextWake(now);
    this.#wake = at === undefined ? undefined : this.#parts.timers.after(at - now, () => this.post({ kind: 'tick' }));
  }
}
