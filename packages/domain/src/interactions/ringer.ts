import type { DialOptions, DialTarget, LegEvent, LegId, ShownParty } from '../calls/call-control.ts';
import { callFailures, type CallFailure } from '../calls/call-failure.ts';
import { shownToColleagues } from '../dialplan/office-number.ts';
import type { Call } from './call.ts';
import { isEmergency, type OutsideTarget, type RingTarget } from './ring-target.ts';
import type { Side } from './side.ts';

export interface RingerOutcome {
  ringing?(): void;
  answered(side: Side): void;
  /** `redirectTo`: where the phone itself sends the call (3xx). */
  failed(failure: CallFailure, redirectTo?: string): void;
  /** The outside sends sound before it answers. */
  earlySound?(leg: LegId): void;
  /** No longer: another line is tried. */
  earlySoundOver?(): void;
}

export interface RingerOptions {
  /** Shown to a colleague; the outside sees the office number of the target. */
  readonly caller: ShownParty;
  readonly isCaller: boolean;
  readonly ringMilliseconds: number;
  readonly subject?: string;
  readonly autoAnswer?: boolean;
  readonly interactionId?: string;
  /** `direct`: do not disturb keeps it away. `offered`: a hotline's call, which is this agent's alone. */
  readonly manner?: 'direct' | 'offered';
}

/** Milliseconds a colleague's devices ring, and an outside number. */
export const personRing = 25_000;
export const outsideRing = 90_000;
/** For the outcome to arrive after the ringing is over. */
const leaseSlack = 3_000;
/** Failures of the line, not of the called: worth another trunk. Who is not there (480) is not there over any. */
const lineFailures: readonly CallFailure['kind'][] = ['trunk-failed', 'overloaded'];
/** A call for help goes over the next line whatever this one says. */
const isWorthAnotherLine = (target: OutsideTarget, { kind }: CallFailure): boolean =>
  isEmergency(target) ? kind !== 'cancelled' : lineFailures.includes(kind);

/** Rings one target and tells how that went, exactly once. */
export class Ringer {
  readonly #call: Call;
  readonly #target: RingTarget;
  readonly #options: RingerOptions;
  readonly #outcome: RingerOutcome;
  #leg: LegId | undefined;
  #line = 0;
  #hasEarlySound = false;

  constructor(call: Call, target: RingTarget, options: RingerOptions, outcome: RingerOutcome) {
    this.#call = call;
    this.#target = target;
    this.#options = options;
    this.#outcome = outcome;
  }

  get isRinging(): boolean {
    return this.#leg !== undefined;
  }

  start(): void {
    if (this.#target.kind === 'outside') return this.#dialOutside(this.#target, callFailures['trunk-failed']);
    const { person } = this.#target;
    const { autoAnswer, caller, manner } = this.#options;
    const { lines, reachability } = this.#call.house;
    if (!reachability.isReachable(person.id)) return this.#outcome.failed(callFailures.unreachable);
    const isBusy = lines.isBusy(person.id) || (manner === 'direct' && person.phone.doNotDisturb);
    if (!autoAnswer && isBusy) return this.#outcome.failed(callFailures.busy);
    this.#call.occupy(person.id, autoAnswer ? 'talking' : manner === 'offered' ? 'offered' : 'ringing');
    const answering = autoAnswer ? { autoAnswer: { callId: this.#call.id } } : {};
    this.#dial(this.#call.openLeg(), { kind: 'person', personId: person.id, ...answering }, { caller });
  }

  /** Stops ringing without an outcome. */
  cancel(failure: CallFailure = callFailures.cancelled): void {
    const leg = this.#leg;
    if (leg === undefined) return;
    this.#release();
    this.#call.hangUp(leg, failure);
    this.#giveBackReservation();
  }

  /** The rung person said no on their screen. */
  decline(): void {
    if (this.#leg === undefined) return;
    this.cancel(callFailures.declined);
    this.#outcome.failed(callFailures.declined);
  }

  onLegEvent(event: LegEvent): void {
    if (event.leg !== this.#leg) return;
    if (event.kind === 'ringing') this.#outcome.ringing?.();
    else if (event.kind === 'progress') this.#earlySound(event.leg);
    else if (event.kind === 'answered') this.#answered(event.leg);
    else if (event.kind === 'failed') this.#failed(event.failure, event.redirectTo);
    else if (event.kind === 'ended') this.#failed(event.failure ?? callFailures.unreachable);
  }

  #dial(leg: LegId, target: DialTarget, how: Pick<DialOptions, 'caller' | 'hideNumber' | 'forwardedBy'>): void {
    this.#leg = leg;
    const { ringMilliseconds, subject, interactionId } = this.#options;
    const named = {
      ...(subject === undefined ? {} : { subject }),
      ...(interactionId === undefined ? {} : { interactionId }),
    };
    this.#call.after(ringMilliseconds + leaseSlack, () => this.#expire(leg));
    this.#call.house.control.dial(leg, target, { ...how, ringMilliseconds, callId: this.#call.id, ...named });
  }

  /** Over the next line with room, until one works. */
  #dialOutside(target: OutsideTarget, lastFailure: CallFailure): void {
    const line = target.lines[this.#line++];
    if (!line) {
      this.#giveBackReservation();
      return this.#outcome.failed(lastFailure);
    }
    const leg = this.#call.openLeg();
    if (!this.#call.charges.dial(target.chargeId, line.trunkId, leg)) {
      this.#call.giveUp(leg);
      return this.#dialOutside(target, callFailures.overloaded);
    }
    const { number, hideNumber, forwardedBy } = target;
    this.#dial(
      leg,
      { kind: 'trunk', trunkId: line.trunkId, number },
      {
        caller: line.callerNumber === undefined ? {} : { number: line.callerNumber },
        ...(hideNumber ? { hideNumber } : {}),
        ...(forwardedBy === undefined ? {} : { forwardedBy }),
      },
    );
  }

  /** A colleague's phone has nothing to say before it answers; a provider has announcements. */
  #earlySound(leg: LegId): void {
    if (this.#target.kind !== 'outside') return;
    this.#hasEarlySound = true;
    this.#outcome.earlySound?.(leg);
  }

  #answered(leg: LegId): void {
    this.#leg = undefined;
    this.#call.markAnswered(leg);
    const { isCaller } = this.#options;
    if (this.#target.kind === 'outside') {
      this.#call.charges.connected(this.#target.chargeId);
      return this.#outcome.answered({ leg, shown: { number: this.#target.number }, isCaller });
    }
    const { person } = this.#target;
    this.#call.occupy(person.id, 'talking');
    const shown = shownToColleagues(this.#call.directory, person);
    this.#outcome.answered({ leg, personId: person.id, shown, isCaller });
  }

  #failed(failure: CallFailure, redirectTo?: string): void {
    this.#release();
    if (this.#target.kind === 'person') return this.#outcome.failed(failure, redirectTo);
    if (this.#hasEarlySound) this.#outcome.earlySoundOver?.();
    this.#hasEarlySound = false;
    if (isWorthAnotherLine(this.#target, failure)) return this.#dialOutside(this.#target, failure);
    this.#giveBackReservation();
    this.#outcome.failed(failure);
  }

  #expire(leg: LegId): void {
    if (leg !== this.#leg) return;
    this.#call.hangUp(leg, callFailures['no-answer']);
    this.#failed(callFailures['no-answer']);
  }

  #release(): void {
    this.#leg = undefined;
    if (this.#target.kind === 'person') this.#call.vacate(this.#target.person.id);
  }

  #giveBackReservation(): void {
    if (this.#target.kind === 'outside') this.#call.charges.release(this.#target.chargeId);
  }
}
