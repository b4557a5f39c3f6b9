import type { LegEvent } from '../calls/call-control.ts';
import type { CallFailure } from '../calls/call-failure.ts';
import type { RouteDecision } from '../dialplan/route-call.ts';
import type { Person } from '../directory/person.ts';
import type { Hotline } from '../hotline/hotline.ts';
import type { Destination } from '../numbering/head-number.ts';
import type { CommandFailure, PhoneCall } from './phone-state.ts';
import type { RingTarget } from './ring-target.ts';
import type { Side, Transferor } from './side.ts';

export type PhoneCommand =
  { readonly kind: 'hold' | 'resume' | 'hang-up' } | { readonly kind: 'transfer'; readonly to: string };

/** What one person's screen shows of a call. */
export interface PersonView {
  readonly personId: string;
  readonly call: PhoneCall;
}

/** One stop on a call's way. A call is in exactly one; entering the next leaves this one and cancels its timers. */
export interface Stage {
  enter(): void;
  /** Events of the call's legs, `incoming` excepted. */
  onLegEvent(event: LegEvent): void;
  /** Undefined: done. */
  command(personId: string, command: PhoneCommand): CommandFailure | undefined;
  views(): readonly PersonView[];
  /** Takes back what this stage alone started; the sides live on. */
  leave(): void;
}

/** Transitions between stages; keeps the stages from knowing one another. */
export interface CallFlow {
  /** Sends `waiting` where routing decided. */
  follow(waiting: Side, decision: RouteDecision): void;
  queue(waiting: Side, hotline: Hotline, options: { readonly greeting: boolean }): void;
  ring(waiting: Side, target: RingTarget): void;
  /** `answered` has picked up for `waiting`. */
  connect(waiting: Side, answered: Side): void;
  /** Two sides that were connected before are so again; `holders` keep the other side on hold. */
  talk(one: Side, other: Side, holders?: readonly string[]): void;
  transfer(remaining: Side, transferor: Transferor, target: RingTarget, dialled: string): void;
  /** The line of `gone` broke in the middle of a call. */
  lost(gone: Side, left: Side, failure: CallFailure): void;
  /** Nobody answered `target`: announcement, message or refusal, by who waits. */
  unanswered(waiting: Side, target: RingTarget, failure: CallFailure): void;
  message(waiting: Side, box: Destination, why: MessageReason): void;
  refuse(waiting: Side, failure: CallFailure): void;
}

/** What a caller is told before the tone. */
export interface MessageReason {
  readonly prompt: 'nobody-available' | 'outside-opening-hours';
  readonly greeting: boolean;
  readonly language: Person['language'];
}
