import type { LegEvent, LegId } from '../calls/call-control.ts';
import { callFailures } from '../calls/call-failure.ts';
import type { Call } from './call.ts';
import type { CommandFailure } from './phone-state.ts';
import { joinCalls } from './join-calls.ts';
import { hungUpBy, viewOf } from './phone-views.ts';
import type { Side, Transferor } from './side.ts';
import type { PersonView, PhoneCommand, Stage } from './stage.ts';
import { startPark } from './start-park.ts';
import { startTransfer } from './start-transfer.ts';

/** Two sides hear each other, or one has put the other on hold, or both have. */
export class TalkStage implements Stage {
  readonly #call: Call;
  #sides: readonly [Side, Side];
  /** People who have put the other side on hold. */
  readonly #holders: Set<string>;
  /** Sides nothing is heard from at the moment. */
  readonly #faltering = new Set<LegId>();

  constructor(call: Call, one: Side, other: Side, holders: readonly string[]) {
    this.#call = call;
    this.#sides = [one, other];
    this.#holders = new Set(holders);
  }

  enter(): void {
    this.#call.talk.start(this.#sides);
    this.#join();
  }

  onLegEvent(event: LegEvent): void {
    const side = this.#sides.find(({ leg }) => leg === event.leg);
    if (!side) return;
    if (event.kind === 'ended') {
      if (event.by === 'lost')
        this.#call.flow.lost(side, this.#otherOf(side), event.failure ?? callFailures['media-lost']);
      else this.#call.end({ outcome: 'answered', by: hungUpBy(side, event.by) });
    } else if (event.kind === 'digit' && this.#holders.size === 0) {
      this.#call.house.control.sendDigits(this.#otherOf(side).leg, event.digit);
    } else if (event.kind === 'faltering') this.#falters(side.leg);
    else if (event.kind === 'recovered') this.#recovers(side.leg);
    else if (side.personId !== undefined) this.#phoneAsks(side.personId, event);
  }

  /** Music instead of a dead line, until the other is back or given up. */
  #falters(leg: LegId): void {
    this.#faltering.add(leg);
    if (this.#holders.size === 0) this.#join();
  }

  #recovers(leg: LegId): void {
    if (this.#faltering.delete(leg) && this.#holders.size === 0) this.#join();
  }

  command(personId: string, command: PhoneCommand): CommandFailure | undefined {
    const own = this.#sides.find((side) => side.personId === personId);
    if (!own) return 'no-such-call';
    switch (command.kind) {
      case 'hang-up':
        this.#call.end({ outcome: 'answered', by: own.isCaller ? 'caller' : 'callee' });
        return undefined;
      case 'hold':
        return this.#hold(personId);
      case 'resume':
        return this.#resume(personId);
      case 'open-door':
        return this.#openDoor(this.#otherOf(own));
      case 'transfer':
        return startTransfer(this.#call, this.#otherOf(own), this.#transferor(own, personId), command.to);
      case 'join':
        return joinCalls(this.#call, this.#otherOf(own), this.#transferor(own, personId), command.consultation);
      case 'park':
        return startPark(this.#call, this.#otherOf(own), this.#transferor(own, personId), command.orbit);
    }
  }

  partnerOf(personId: string): Side | undefined {
    const own = this.#sides.find((side) => side.personId === personId);
    return own && this.#otherOf(own);
  }

  moveTo(personId: string, from: LegId, to: LegId): boolean {
    const own = this.#sides.find((side) => side.leg === from && side.personId === personId);
    if (!own) return false;
    const moved = { ...own, leg: to };
    this.#sides = own === this.#sides[0] ? [moved, this.#sides[1]] : [this.#sides[0], moved];
    this.#faltering.delete(from);
    this.#holders.delete(personId);
    this.#call.answer(to);
    this.#call.hangUp(from);
    this.#join();
    return true;
  }

  views(): readonly PersonView[] {
    return this.#sides.flatMap((side) => {
      const state = this.#holds(side) ? 'held' : 'connected';
      const door = this.#otherOf(side).doorDigits === undefined ? {} : { opensDoor: true };
      return viewOf(this.#call, side.personId, state, this.#otherOf(side).shown, door);
    });
  }

  leave(): void {
    this.#call.talk.stop();
  }

  /** A desk phone's re-INVITE and REFER mean the same as the commands of a screen. The outside may not ask. */
  #phoneAsks(personId: string, event: LegEvent): void {
    if (event.kind === 'hold-requested') this.command(personId, { kind: 'hold' });
    else if (event.kind === 'resume-requested') this.command(personId, { kind: 'resume' });
    else if (event.kind === 'transfer-requested') {
      const refusal = this.command(personId, { kind: 'transfer', to: event.target });
      if (refusal !== undefined) this.#call.house.control.transferFailed(event.leg);
    } else if (event.kind === 'attended-transfer-requested') {
      const refusal = this.command(personId, { kind: 'join', consultation: { leg: event.consultation } });
      if (refusal !== undefined) this.#call.house.control.transferFailed(event.leg);
    }
  }

  /** Who answers a door opens it by one key on the screen, or by typing the digits on a phone. */
  #openDoor({ leg, doorDigits }: Side): CommandFailure | undefined {
    if (doorDigits === undefined) return 'wrong-state';
    this.#call.house.control.sendDigits(leg, doorDigits);
    return undefined;
  }

  #transferor(own: Side, personId: string): Transferor {
    return { ...own, personId, holds: this.#holders.has(personId) };
  }

  #hold(personId: string): CommandFailure | undefined {
    if (this.#holders.has(personId)) return 'wrong-state';
    this.#holders.add(personId);
    this.#join();
    this.#call.publish({ kind: 'call-held', callId: this.#call.id, personId });
    return undefined;
  }

  #resume(personId: string): CommandFailure | undefined {
    if (!this.#holders.delete(personId)) return 'wrong-state';
    this.#join();
    this.#call.publish({ kind: 'call-resumed', callId: this.#call.id, personId });
    return undefined;
  }

  /** Everybody hears what is theirs now: the other side, music while held or alone, nothing while holding. */
  #join(): void {
    const { control } = this.#call.house;
    const [one, other] = this.#sides;
    if (this.#holders.size === 0 && this.#faltering.size === 0) return control.bridge(one.leg, other.leg);
    for (const { leg } of this.#sides) control.park(leg);
    for (const side of this.#sides) {
      if (this.#isAway(this.#otherOf(side)) && !this.#holds(side)) this.#call.loop(side.leg, { kind: 'music' });
    }
  }

  #isAway(side: Side): boolean {
    return this.#holds(side) || this.#faltering.has(side.leg);
  }

  #holds(side: Side): boolean {
    return side.personId !== undefined && this.#holders.has(side.personId);
  }

  #otherOf(side: Side): Side {
    return side === this.#sides[0] ? this.#sides[1] : this.#sides[0];
  }
}
