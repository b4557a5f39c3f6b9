import type { LegEvent } from '../calls/call-control.ts';
import { callFailures } from '../calls/call-failure.ts';
import type { Call } from './call.ts';
import type { CommandFailure } from './phone-state.ts';
import { hungUpBy, viewOf } from './phone-views.ts';
import type { Side } from './side.ts';
import type { PersonView, PhoneCommand, Stage } from './stage.ts';
import { startTransfer } from './start-transfer.ts';

/** Two sides hear each other, or one of them has put the other on hold. */
export class TalkStage implements Stage {
  readonly #call: Call;
  readonly #sides: readonly [Side, Side];
  #heldBy: string | undefined;

  constructor(call: Call, one: Side, other: Side) {
    this.#call = call;
    this.#sides = [one, other];
  }

  enter(): void {
    this.#call.talk.start(this.#sides);
    this.#bridge();
  }

  onLegEvent(event: LegEvent): void {
    const side = this.#sides.find(({ leg }) => leg === event.leg);
    if (!side) return;
    if (event.kind === 'ended') {
      if (event.by === 'lost')
        this.#call.flow.lost(side, this.#otherOf(side), event.failure ?? callFailures['media-lost']);
      else this.#call.end({ outcome: 'answered', by: hungUpBy(side, event.by) });
    } else if (event.kind === 'digit' && this.#heldBy === undefined) {
      this.#call.house.control.sendDigits(this.#otherOf(side).leg, event.digit);
    } else if (side.personId !== undefined) this.#phoneAsks(side.personId, event);
  }

  command(personId: string, command: PhoneCommand): CommandFailure | undefined {
    const own = this.#sides.find((side) => side.personId === personId);
    if (!own) return 'no-such-call';
    switch (command.kind) {
      case 'hang-up':
        this.#call.end({ outcome: 'answered', by: own.isCaller ? 'caller' : 'callee' });
        return undefined;
      case 'hold':
        return this.#hold(own, personId);
      case 'resume':
        return this.#resume(personId);
      case 'transfer':
        return startTransfer(this.#call, this.#otherOf(own), { ...own, personId }, command.to);
    }
  }

  views(): readonly PersonView[] {
    return this.#sides.flatMap((side) => {
      const state = this.#heldBy !== undefined && this.#heldBy === side.personId ? 'held' : 'connected';
      return viewOf(this.#call, side.personId, state, this.#otherOf(side).shown);
    });
  }

  leave(): void {
    this.#call.talk.stop();
  }

  /** A desk phone's re-INVITE and REFER mean the same as the commands of a screen. The outside may not ask. */
  #phoneAsks(personId: string, event: LegEvent): void {
    if (event.kind === 'hold-requested') this.command(personId, { kind: 'hold' });
    else if (event.kind === 'resume-requested') this.command(personId, { kind: 'resume' });
    else if (event.kind === 'transfer-requested') this.command(personId, { kind: 'transfer', to: event.target });
  }

  #hold(own: Side, personId: string): CommandFailure | undefined {
    if (this.#heldBy !== undefined) return 'wrong-state';
    this.#heldBy = personId;
    const other = this.#otherOf(own);
    this.#call.house.control.park(own.leg);
    this.#call.house.control.park(other.leg);
    this.#call.loop(other.leg, { kind: 'music' });
    this.#call.publish({ kind: 'call-held', callId: this.#call.id, personId });
    return undefined;
  }

  #resume(personId: string): CommandFailure | undefined {
    if (this.#heldBy !== personId) return 'wrong-state';
    this.#heldBy = undefined;
    this.#bridge();
    this.#call.publish({ kind: 'call-resumed', callId: this.#call.id, personId });
    return undefined;
  }

  #bridge(): void {
    this.#call.house.control.bridge(this.#sides[0].leg, this.#sides[1].leg);
  }

  #otherOf(side: Side): Side {
    return side === this.#sides[0] ? this.#sides[1] : this.#sides[0];
  }
}
