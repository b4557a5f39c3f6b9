import type { LegEvent } from '../calls/call-control.ts';
import type { Call } from './call.ts';
import { callerView, hungUpBy, viewOf } from './phone-views.ts';
import type { CommandFailure } from './phone-state.ts';
import { outsideRing, personRing, Ringer } from './ringer.ts';
import type { RingTarget } from './ring-target.ts';
import type { Side } from './side.ts';
import type { PersonView, PhoneCommand, Stage } from './stage.ts';

/** Rings a colleague or the outside for somebody who waits for it. */
export class RingStage implements Stage {
  readonly #call: Call;
  readonly #waiting: Side;
  readonly #target: RingTarget;
  readonly #ringer: Ringer;

  constructor(call: Call, waiting: Side, target: RingTarget) {
    this.#call = call;
    this.#waiting = waiting;
    this.#target = target;
    const ringMilliseconds = target.kind === 'person' ? personRing : outsideRing;
    const options = { caller: waiting.shown, isCaller: !waiting.isCaller, ringMilliseconds };
    this.#ringer = new Ringer(call, target, options, {
      ringing: () => this.#ringing(),
      answered: (side) => this.#answered(side),
      failed: (failure) => call.flow.unanswered(waiting, target, failure),
    });
  }

  enter(): void {
    const { leg } = this.#waiting;
    if (this.#call.isAnswered(leg)) this.#call.loop(leg, { kind: 'ringback' });
    else this.#call.house.control.ring(leg);
    this.#ringer.start();
  }

  onLegEvent(event: LegEvent): void {
    if (event.leg !== this.#waiting.leg) return this.#ringer.onLegEvent(event);
    if (event.kind === 'ended') this.#abandon(hungUpBy(this.#waiting, event.by));
  }

  command(personId: string, command: PhoneCommand): CommandFailure | undefined {
    const isTarget = this.#target.kind === 'person' && personId === this.#target.person.id;
    if (!isTarget && personId !== this.#waiting.personId) return 'no-such-call';
    if (command.kind !== 'hang-up') return 'wrong-state';
    if (!isTarget) this.#abandon('caller');
    else this.#ringer.decline();
    return undefined;
  }

  views(): readonly PersonView[] {
    const callee = this.#target.kind === 'person' && this.#ringer.isRinging ? this.#target.person.id : undefined;
    return [...callerView(this.#call, this.#waiting), ...viewOf(this.#call, callee, 'ringing', this.#waiting.shown)];
  }

  leave(): void {
    this.#ringer.cancel();
  }

  #ringing(): void {
    if (this.#target.kind !== 'person') return;
    this.#call.publish({ kind: 'call-ringing', callId: this.#call.id, personId: this.#target.person.id });
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
