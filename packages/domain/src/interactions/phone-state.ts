import type { CallDirection } from '../events/call-events.ts';
import type { ShownParty } from '../calls/call-control.ts';

/** The one call card of a person: what their phone screen shows. Only they ever see it. */
export interface PhoneState {
  readonly personId: string;
  readonly calls: readonly PhoneCall[];
  readonly wrapUp?: {
    readonly callId: string;
    readonly hotlineId: string;
    /** Wall time in milliseconds when the wrap-up time is over. */
    readonly endsAt: number;
  };
}

/** `parked`: the person has put the call into an orbit, where any colleague can fetch it. */
export type PhoneCallState = 'ringing' | 'dialling' | 'connected' | 'held' | 'transferring' | 'parked';

export interface PhoneCall {
  readonly callId: string;
  readonly state: PhoneCallState;
  readonly direction: CallDirection;
  /** Who is on the other side. */
  readonly party: ShownParty;
  readonly hotlineId?: string;
  /** Wall times, milliseconds since 1970 UTC. */
  readonly arrivedAt: number;
  readonly connectedAt?: number;
  /** Milliseconds the citizen waited in the queue before this offer or answer. */
  readonly waitedMilliseconds?: number;
  /** Wall time when the citizen entered the queue, after greeting and announcements: waiting counts from here. */
  readonly queuedAt?: number;
  /** Target while transferring. */
  readonly transferTarget?: string;
  /** A door station calls: `openDoor` opens it. */
  readonly opensDoor?: boolean;
  /** Where a parked call is fetched from by `*5<orbit>`. */
  readonly orbit?: string;
}

/** What a command of a person about a call came to. */
export type CommandResult =
  { readonly ok: true; readonly callId: string } | { readonly ok: false; readonly failure: CommandFailure };
/** `orbit`: where colleagues can fetch the call. */
export type ParkResult =
  | { readonly ok: true; readonly callId: string; readonly orbit: string }
  | { readonly ok: false; readonly failure: CommandFailure };
export type CommandFailure =
  'no-such-call' | 'wrong-state' | 'not-reachable' | 'not-in-service' | 'not-permitted' | 'busy' | 'limit-reached';

/** The commands of screens, and of phones by re-INVITE and REFER: one way to control a call. */
export interface PhoneCommands {
  /**
   * Rings the person's browser (auto-answer), then dials `to`: extension, national or E.164 number, with `*31#` before it
   * without showing the own number.
   */
  dial(personId: string, to: string): CommandResult;
  hold(personId: string, callId: string): CommandResult;
  resume(personId: string, callId: string): CommandResult;
  /** Blind transfer of the other side to an extension or number. */
  transfer(personId: string, callId: string, to: string): CommandResult;
  /** Attended transfer: the other sides of two calls of this person talk to each other, the person leaves both. */
  join(personId: string, callId: string, consultationCallId: string): CommandResult;
  /** The other side hears music until somebody fetches it; after two minutes the person's phone rings. */
  park(personId: string, callId: string): ParkResult;
  /** Rings the person's browser (auto-answer) and gives it the call that is parked there. */
  fetch(personId: string, orbit: string): CommandResult;
  /**
   * The same with a call that rings at a colleague of the department; without a target the one that rings longest.
   * Hotline calls are distributed and not picked up.
   */
  pickUp(personId: string, targetPersonId?: string): CommandResult;
  /** Sends the digits that open the door of the station on the other side. */
  openDoor(personId: string, callId: string): CommandResult;
  /** Ends the person's part of the call in whatever state. */
  hangUp(personId: string, callId: string): CommandResult;
  phoneState(personId: string): PhoneState;
  onPhoneState(listener: (tenantId: string, state: PhoneState) => void): () => void;
}
