import type { LegEvent, LegId } from '../calls/call-control.ts';
import type { CallFailure } from '../calls/call-failure.ts';
import type { Person } from '../directory/person.ts';
import type { Hotline } from '../hotline/hotline.ts';
import type { Destination } from '../numbering/head-number.ts';
import type { Consultation } from './call-house.ts';
import type { CommandFailure, PhoneCall } from './phone-state.ts';
import type { RingTarget, Way } from './ring-target.ts';
import type { Side, Transferor } from './side.ts';

export type PhoneCommand =
  | { readonly kind: 'hold' | 'resume' | 'hang-up' | 'open-door' }
  | { readonly kind: 'transfer'; readonly to: string }
  | { readonly kind: 'join'; readonly consultation: Consultation }
  | { readonly kind: 'park'; readonly orbit?: string };

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
  /** Whether this person's devices ring with a call that a colleague may pick up. */
  ringsAt?(personId: string): boolean;
  /** A colleague takes the call that rings or is parked, on a leg that came in for it. False: too late. */
  pickUp?(colleague: Side): boolean;
  /** The same by a screen: the colleague's browser is called first. */
  callIn?(person: Person): CommandFailure | undefined;
  /** A person goes on with this call on another of their devices. False: this leg is not theirs. */
  moveTo?(personId: string, from: LegId, to: LegId): boolean;
  /** Whom this person talks with, to be taken into another call. */
  partnerOf?(personId: string): Side | undefined;
}

/** Whose forwarding a call has followed, in order. */
export type Trail = readonly string[];

/** Transitions between stages; keeps the stages from knowing one another. */
export interface CallFlow {
  /** Sends `waiting` on. */
  follow(waiting: Side, way: Way, trail?: Trail): void;
  queue(waiting: Side, hotline: Hotline, options: { readonly greeting: boolean }): void;
  ring(waiting: Side, target: RingTarget, trail?: Trail): void;
  /** `answered` has picked up for `waiting`. */
  connect(waiting: Side, answered: Side): void;
  /** Two sides that were connected before are so again; `holders` keep the other side on hold. */
  talk(one: Side, other: Side, holders?: readonly string[]): void;
  transfer(remaining: Side, transferor: Transferor, target: RingTarget, dialled: string): void;
  /** The line of `gone` broke in the middle of a call. */
  lost(gone: Side, left: Side, failure: CallFailure): void;
  /** `target` could not be had: forwarding, announcement, message or refusal, by who waits. */
  unanswered(waiting: Side, target: RingTarget, why: Unanswered): void;
  /** `by` has put `parked` into an orbit. */
  park(parked: Side, by: Side & { readonly personId: string }, orbit: string): void;
  message(waiting: Side, box: Destination, why: MessageReason): void;
  refuse(waiting: Side, failure: CallFailure): void;
}

export interface Unanswered {
  readonly failure: CallFailure;
  readonly trail?: Trail;
  /** Where the phone itself sends the call (3xx). */
  readonly redirectTo?: string;
}

/** What a caller is told before the tone. */
export interface MessageReason {
  readonly prompt: 'nobody-available' | 'outside-opening-hours';
  readonly greeting: boolean;
  readonly language: Person['language'];
}
