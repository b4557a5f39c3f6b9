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

export type PhoneCallState = 'ringing' | 'dialling' | 'connected' | 'held' | 'transferring';

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
  /** Target while transferring. */
  readonly transferTarget?: string;
}

/** What a command of a person about a call came to. */
export type CommandResult =
  { readonly ok: true; readonly callId: string } | { readonly ok: false; readonly failure: CommandFailure };
export type CommandFailure =
  'no-such-call' | 'wrong-state' | 'not-reachable' | 'not-in-service' | 'not-permitted' | 'busy' | 'limit-reached';

/** The commands of screens, and of phones by re-INVITE and REFER: one way to control a call. */
export interface PhoneCommands {
  /** Rings the person's browser (auto-answer), then dials `to` (extension, national or E.164 number). */
  dial(personId: string, to: string): CommandResult;
  hold(personId: string, callId: string): CommandResult;
  resume(personId: string, callId: string): CommandResult;
  /** Blind transfer of the other side to an extension or number. */
  transfer(personId: string, callId: string, to: string): CommandResult;
  /** Ends the person's part of the call in whatever state. */
  hangUp(personId: string, callId: string): CommandResult;
  phoneState(personId: string): PhoneState;
  onPhoneState(listener: (tenantId: string, state: PhoneState) => void): () => void;
}
