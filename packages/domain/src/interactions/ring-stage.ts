import type { LegEvent } from '../calls/call-control.ts';
import { callFailures } from '../calls/call-failure.ts';
import type { Person } from '../directory/person.ts';
import type { Call } from './call.ts';
import { CallIn, takeCall } from './call-in.ts';
import { callerView, hungUpBy, viewOf } from './phone-views.ts';
import type { CommandFailure } from './phone-state.ts';
import { outsideRing, personRing, Ringer } from './ringer.ts';
import type { RingTarget } from './ring-target.ts';
import type { Side } from './side.ts';
import type { PersonView, PhoneCommand, Stage, Trail } from './stage.ts';

/** Rings a colleague or the outside for somebody who waits for it. */
export class RingStage implements Stage {
  readonly #call: Call;
  readonly #waiting: Side;
  readonly #target: RingTarget;
  readonly #ringer: Ringer;
  readonly #callIn: CallIn;

  constructor(call: Call, waiting: Side, target: RingTarget, trail: Trail) {
    this.#call = call;
    this.#waiting = waiting;
    this.#target = target;
    const ringMilliseconds = target.kind === 'person' ? patienceOf(target.person) : outsideRing;
    const options = {
      ...{ caller: waiting.shown, isCaller: !waiting.isCaller, ringMilliseconds },
      manner: 'direct' as const,
    };
    this.#ringer = new Ringer(call, target, options, {
      ringing: () => this.#ringing(),
      answered: (side) => this.#answered(side),
      failed: (failure, redirectTo) =>
        call.flow.unanswered(waiting, target, {
          ...{ failure, trail },
          ...(redirectTo === undefined ? {} : { redirectTo }),
        }),
      earlySound: (leg) => this.#earlySound(leg),
      earlySoundOver: () => call.loop(waiting.leg, { kind: 'ringback' }),
    });
    this.#callIn = new CallIn(call, waiting.shown, (side) => this.pickUp(side));
  }

  enter(): void {
    const { leg } = this.#waiting;
    if (this.#call.hasSound(leg)) this.#call.loop(leg, { kind: 'ringback' });
    else this.#call.house.control.ring(leg);
    this.#ringer.start();
  }

  onLegEvent(event: LegEvent): void {
    if (event.leg !== this.#waiting.leg) {
      this.#ringer.onLegEvent(event);
      this.#callIn.onLegEvent(event);
    } else if (event.kind === 'ended') this.#abandon(hungUpBy(this.#waiting, event.by));
  }

  command(personId: string, command: PhoneCommand): CommandFailure | undefined {
    const isTarget = this.#target.kind === 'person' && personId === this.#target.person.id;
    const isCalledIn = this.#callIn.isOf(personId);
    if (!isTarget && !isCalledIn && personId !== this.#waiting.personId) return 'no-such-call';
    if (command.kind !== 'hang-up') return 'wrong-state';
    if (isCalledIn) this.#callIn.cancel();
    else if (!isTarget) this.#abandon('caller');
    else this.#ringer.decline();
    return undefined;
  }

  views(): readonly PersonView[] {
    const callee = this.#target.kind === 'person' && this.#ringer.isRinging ? this.#target.person.id : undefined;
    return [
      ...callerView(this.#call, this.#waiting),
      ...viewOf(this.#call, callee, 'ringing', this.#waiting.shown),
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
    this.#answered({ ...colleague, isCaller: !this.#waiting.isCaller });
    return true;
  }

  callIn(person: Person): CommandFailure | undefined {
    return this.#mayBeTakenBy(person.id) ? this.#callIn.start(person) : 'no-such-call';
  }

  /** Nobody picks up a call they make themselves. */
  #mayBeTakenBy(personId: string | undefined): boolean {
    return this.#target.kind === 'person' && this.#ringer.isRinging && personId !== this.#waiting.personId;
  }

  #ringing(): void {
    if (this.#target.kind !== 'person') return;
    this.#call.publish({ kind: 'call-ringing', callId: this.#call.id, personId: this.#target.person.id });
  }

  #earlySound(leg: string): void {
    this.#call.progress(this.#waiting.leg);
    this.#call.house.control.bridge(this.#waiting.leg, leg);
  }

  #answered(side: Side): void {
    this.#call.answer(this.#waiting.leg);
    this.#call.flow.connect(this.#waiting, side);
  }

  #abandon(by: 'caller' | 'callee' | 'system'): void {
    this.#ringer.cancel();
    this.#call.end({ outcome: 'abandoned', by });
  }
}

/** Who forwards unanswered calls has chosen how long it rings before. */
function patienceOf({ phone: { forwarding } }: Person): number {
  return forwarding.noAnswer === '' ? personRing : forwarding.noAnswerSeconds * 1_000;
}
