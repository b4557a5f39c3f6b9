import type { DialTarget, LegEvent, LegId, ShownParty } from '../calls/call-control.ts';
import { callFailures, type CallFailure } from '../calls/call-failure.ts';
import { shownToColleagues } from '../dialplan/office-number.ts';
import type { Call } from './call.ts';
import type { RingTarget } from './ring-target.ts';
import type { Side } from './side.ts';

export interface RingerOutcome {
  ringing?(): void;
  answered(side: Side): void;
  failed(failure: CallFailure): void;
}

export interface RingerOptions {
  /** Shown to a colleague; the outside sees the office number of the target. */
  readonly caller: ShownParty;
  readonly isCaller: boolean;
  readonly ringMilliseconds: number;
  readonly subject?: string;
  readonly autoAnswer?: boolean;
  readonly interactionId?: string;
}

/** Milliseconds a colleague's devices ring, and an outside number. */
export const personRing = 25_000;
export const outsideRing = 90_000;
/** For the outcome to arrive after the ringing is over. */
const leaseSlack = 3_000;
/** Failures of the line, not of the called: worth another trunk. */
const lineFailures: readonly CallFailure['kind'][] = ['trunk-failed', 'overloaded', 'unreachable'];

/** Rings one target and tells how that went, exactly once. */
export class Ringer {
  readonly #call: Call;
  readonly #target: RingTarget;
  readonly #options: RingerOptions;
  readonly #outcome: RingerOutcome;
  #leg: LegId | undefined;
  #trunk = 0;

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
    if (this.#target.kind === 'outside') return this.#dialTrunk(callFailures['trunk-failed']);
    const { id: personId } = this.#target.person;
    const { lines, reachability } = this.#call.house;
    if (!reachability.isReachable(personId)) return this.#outcome.failed(callFailures.unreachable);
    if (!this.#options.autoAnswer && lines.isBusy(personId)) return this.#outcome.failed(callFailures.busy);
    this.#call.occupy(personId, this.#options.autoAnswer ? 'talking' : 'ringing');
    const { autoAnswer } = this.#options;
    const target = {
      kind: 'person',
      personId,
      ...(autoAnswer ? { autoAnswer: { callId: this.#call.id } } : {}),
    } as const;
    this.#dial(target, this.#options.caller);
  }

  /** Stops ringing without an outcome. */
  cancel(failure: CallFailure = callFailures.cancelled): void {
    const leg = this.#leg;
    if (leg === undefined) return;
    this.#release();
    this.#call.hangUp(leg, failure);
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
    else if (event.kind === 'answered') this.#answered(event.leg);
    else if (event.kind === 'failed') this.#failed(event.failure);
    else if (event.kind === 'ended') this.#failed(event.failure ?? callFailures.unreachable);
  }

  #dial(target: DialTarget, caller: ShownParty): void {
    const leg = this.#call.openLeg();
    this.#leg = leg;
    const { ringMilliseconds, subject, interactionId } = this.#options;
    const named = {
      ...(subject === undefined ? {} : { subject }),
      ...(interactionId === undefined ? {} : { interactionId }),
    };
    this.#call.after(ringMilliseconds + leaseSlack, () => this.#expire(leg));
    this.#call.house.control.dial(leg, target, { caller, ringMilliseconds, callId: this.#call.id, ...named });
  }

  #dialTrunk(lastFailure: CallFailure): void {
    if (this.#target.kind !== 'outside') return;
    const { trunkIds, number, callerNumber } = this.#target;
    const trunkId = trunkIds[this.#trunk++];
    if (trunkId === undefined) return this.#outcome.failed(lastFailure);
    this.#dial({ kind: 'trunk', trunkId, number }, callerNumber === undefined ? {} : { number: callerNumber });
  }

  #answered(leg: LegId): void {
    this.#leg = undefined;
    this.#call.markAnswered(leg);
    const { isCaller } = this.#options;
    if (this.#target.kind === 'outside') {
      return this.#outcome.answered({ leg, shown: { number: this.#target.number }, isCaller });
    }
    const { person } = this.#target;
    this.#call.occupy(person.id, 'talking');
    const shown = shownToColleagues(this.#call.directory, person);
    this.#outcome.answered({ leg, personId: person.id, shown, isCaller });
  }

  #failed(failure: CallFailure): void {
    this.#release();
    if (this.#target.kind === 'outside' && lineFailures.includes(failure.kind)) this.#dialTrunk(failure);
    else this.#outcome.failed(failure);
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
}
