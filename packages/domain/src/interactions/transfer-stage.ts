import type { LegEvent } from '../calls/call-control.ts';
import { callFailures, type CallFailure } from '../calls/call-failure.ts';
import type { Person } from '../directory/person.ts';
import { classifyNumber } from '../numbering/number-class.ts';
import type { Call } from './call.ts';
import { CallIn, takeCall } from './call-in.ts';
import type { CommandFailure } from './phone-state.ts';
import { hungUpBy, viewOf } from './phone-views.ts';
import { outsideRing, personRing, Ringer } from './ringer.ts';
import type { RingTarget } from './ring-target.ts';
import type { Side, Transferor } from './side.ts';
import type { PersonView, PhoneCommand, Stage } from './stage.ts';
import { leaveCall } from './start-transfer.ts';

/**
 * The remaining side hears ringing while the target is rung. Nobody answers: the call comes back to the transferor if
 * they are still there, else it goes on as an unanswered call does.
 */
export class TransferStage implements Stage {
  readonly #call: Call;
  readonly #remaining: Side;
  readonly #transferor: Transferor;
  readonly #target: RingTarget;
  readonly #dialled: string;
  readonly #ringer: Ringer;
  readonly #callIn: CallIn;
  #transferorThere = true;
  #transferorHolds: boolean;

  constructor(call: Call, remaining: Side, transferor: Transferor, target: RingTarget, dialled: string) {
    this.#call = call;
    this.#remaining = remaining;
    this.#transferor = transferor;
    this.#target = target;
    this.#dialled = dialled;
    this.#transferorHolds = transferor.holds;
    const ringMilliseconds = target.kind === 'person' ? personRing : outsideRing;
    const options = {
      caller: remaining.shown,
      isCaller: transferor.isCaller,
      ringMilliseconds,
      manner: 'direct' as const,
    };
    this.#ringer = new Ringer(call, target, options, {
      ringing: () => this.#ringing(),
      answered: (side) => this.#answered(side),
      failed: (failure) => this.#failed(failure),
      earlySound: (leg) => call.house.control.bridge(remaining.leg, leg),
      earlySoundOver: () => call.loop(remaining.leg, { kind: 'ringback' }),
    });
    this.#callIn = new CallIn(call, remaining.shown, (side) => this.pickUp(side));
  }

  enter(): void {
    const { control } = this.#call.house;
    control.park(this.#transferor.leg);
    control.park(this.#remaining.leg);
    this.#call.loop(this.#remaining.leg, { kind: 'ringback' });
    this.#ringer.start();
  }

  onLegEvent(event: LegEvent): void {
    if (event.leg === this.#remaining.leg) {
      if (event.kind === 'ended') this.#remainingGone(hungUpBy(this.#remaining, event.by));
    } else if (event.leg === this.#transferor.leg) {
      if (event.kind === 'ended') this.#transferorLeaves();
      else if (event.kind === 'resume-requested') this.#takeBack(false);
      else if (event.kind === 'hold-requested') this.#transferorHolds = true;
    } else {
      this.#ringer.onLegEvent(event);
      this.#callIn.onLegEvent(event);
    }
  }

  command(personId: string, command: PhoneCommand): CommandFailure | undefined {
    if (this.#target.kind === 'person' && personId === this.#target.person.id) return this.#asTarget(command);
    if (personId === this.#remaining.personId) return this.#asRemaining(command);
    if (this.#callIn.isOf(personId)) return this.#asPicker(command);
    if (!this.#transferorThere || personId !== this.#transferor.personId) return 'no-such-call';
    if (command.kind === 'resume') this.#takeBack(false);
    else if (command.kind === 'hang-up') this.#transferorLeaves();
    else return 'wrong-state';
    return undefined;
  }

  views(): readonly PersonView[] {
    const { personId } = this.#transferor;
    const transferTarget = this.#dialled;
    const callee = this.#target.kind === 'person' ? this.#target.person.id : undefined;
    return [
      ...(this.#transferorThere
        ? viewOf(this.#call, personId, 'transferring', this.#remaining.shown, { transferTarget })
        : []),
      ...viewOf(this.#call, this.#remaining.personId, 'connected', this.#transferor.shown),
      ...viewOf(this.#call, callee, 'ringing', this.#remaining.shown),
      ...this.#callIn.views(),
    ];
  }

  leave(): void {
    this.#ringer.cancel();
    this.#callIn.cancel();
  }

  ringsAt(personId: string): boolean {
    return this.#target.kind === 'person' && this.#target.person.id === personId && this.#ringer.isRinging;
  }

  pickUp(colleague: Side): boolean {
    if (!this.#mayBeTakenBy(colleague.personId)) return false;
    this.#ringer.cancel(callFailures['answered-elsewhere']);
    takeCall(this.#call, colleague);
    this.#answered({ ...colleague, isCaller: this.#transferor.isCaller });
    return true;
  }

  callIn(person: Person): CommandFailure | undefined {
    return this.#mayBeTakenBy(person.id) ? this.#callIn.start(person) : 'no-such-call';
  }

  /** Nobody picks up a call of their own. */
  #mayBeTakenBy(personId: string | undefined): boolean {
    const own = [this.#remaining.personId, this.#transferorThere ? this.#transferor.personId : undefined];
    return this.#target.kind === 'person' && this.#ringer.isRinging && !own.includes(personId);
  }

  #asPicker(command: PhoneCommand): CommandFailure | undefined {
    if (command.kind !== 'hang-up') return 'wrong-state';
    this.#callIn.cancel();
    return undefined;
  }

  #asTarget(command: PhoneCommand): CommandFailure | undefined {
    if (command.kind !== 'hang-up') return 'wrong-state';
    this.#ringer.decline();
    return undefined;
  }

  #asRemaining(command: PhoneCommand): CommandFailure | undefined {
    if (command.kind !== 'hang-up') return 'wrong-state';
    this.#remainingGone(this.#remaining.isCaller ? 'caller' : 'callee');
    return undefined;
  }

  /** Nobody is left to be transferred: the phone that asked for it must not read the end of its own leg as success. */
  #remainingGone(by: 'caller' | 'callee' | 'system'): void {
    if (this.#transferorThere) this.#call.house.control.transferFailed(this.#transferor.leg);
    this.#call.end({ outcome: 'answered', by });
  }

  #ringing(): void {
    if (this.#target.kind !== 'person') return;
    this.#call.publish({ kind: 'call-ringing', callId: this.#call.id, personId: this.#target.person.id });
  }

  #answered(side: Side): void {
    this.#transferorLeaves();
    this.#call.flow.connect(this.#remaining, side);
  }

  #failed(failure: CallFailure): void {
    // Who had the other side on hold comes back to that, not to an open microphone.
    if (this.#transferorThere) return this.#takeBack(this.#transferorHolds);
    this.#call.flow.unanswered(this.#remaining, this.#target, { failure });
  }

  #takeBack(holding: boolean): void {
    this.#call.house.control.transferFailed(this.#transferor.leg);
    this.#call.flow.talk(this.#remaining, this.#transferor, holding ? [this.#transferor.personId] : []);
  }

  #transferorLeaves(): void {
    if (!this.#transferorThere) return;
    this.#transferorThere = false;
    const destination =
      this.#target.kind === 'person'
        ? ({ kind: 'person', personId: this.#target.person.id } as const)
        : ({ kind: 'outside', numberClass: classifyNumber(this.#target.number) } as const);
    leaveCall(this.#call, this.#transferor, destination);
  }
}
