import type { Language } from '../identity/language.ts';
import type { CallFailure } from './call-failure.ts';

/** One SIP dialog with its media. Chosen by whoever creates the leg; unique for ever. */
export type LegId = string;

/** The other side as the network showed it. `number` is E.164 or an extension; undefined when suppressed. */
export interface ShownParty {
  readonly number?: string;
  readonly name?: string;
}

/** Who sends an incoming leg, as proven by address or digest; never by what the message claims. */
export type LegOrigin =
  | { readonly kind: 'trunk'; readonly trunkId: string }
  /** `deviceId`: undefined for browsers. */
  | { readonly kind: 'device'; readonly personId: string; readonly siteId?: string; readonly deviceId?: string };

/** Where an outgoing leg goes. */
export type DialTarget =
  /** All registered contacts of the person at once; the first to answer wins, the others are told "completed elsewhere". */
  | { readonly kind: 'person'; readonly personId: string; readonly autoAnswer?: { readonly callId: string } }
  | { readonly kind: 'trunk'; readonly trunkId: string; readonly number: string };

export interface RecordingLimits {
  readonly maxMilliseconds: number;
  /** Ends after so long without a voice. */
  readonly silentMilliseconds: number;
}

/** What is played, in order. Files are named, not pathed; numbers are spoken from recorded digits. */
export type PlayItem =
  | { readonly kind: 'prompt'; readonly name: PromptName; readonly language: Language }
  | { readonly kind: 'number'; readonly value: number; readonly language: Language }
  | { readonly kind: 'music' }
  | { readonly kind: 'ringback' }
  | { readonly kind: 'silence'; readonly milliseconds: number }
  | { readonly kind: 'tone'; readonly name: 'message-beep' | 'busy' };

export type PromptName =
  | 'greeting'
  | 'please-wait'
  | 'your-position-is'
  | 'you-are-next'
  | 'nobody-available'
  | 'outside-opening-hours'
  | 'leave-message-after-tone'
  | 'message-saved'
  | 'number-not-in-service'
  | 'not-permitted'
  | 'call-failed'
  | 'goodbye'
  | 'interrupted-apology'
  | 'feature-on'
  | 'feature-off'
  | 'feature-refused'
  | 'nothing-to-fetch'
  | 'parked-at'
  | 'enter-extension'
  | 'enter-pin'
  | 'logged-in'
  | 'logged-out'
  | 'log-in-refused';

export interface DialOptions {
  /** Shown to the called side: citizen's number towards colleagues, office number towards the trunk. */
  readonly caller: ShownParty;
  /** Milliseconds until the leg fails with `no-answer`. */
  readonly ringMilliseconds: number;
  /** Shown on the ringing screen, e.g. the hotline's name. */
  readonly subject?: string;
  /** The call this leg belongs to; phones of this house get it as a header, the trunk never. */
  readonly callId: string;
  readonly interactionId?: string;
  /** Towards a trunk: the number is not to be shown (CLIR). Never set for 110 and 112. */
  readonly hideNumber?: boolean;
  /** Towards a trunk: the office number on whose behalf the call is forwarded (RFC 7044). */
  readonly forwardedBy?: string;
}

/**
 * Port: the only way to act on the telephone network. Commands return at once and are carried out in order per leg;
 * what comes of them arrives as `LegEvent`. A command for a leg that is gone does nothing.
 */
export interface CallControl {
  /** Sends 180 Ringing on an incoming leg. */
  ring(leg: LegId): void;
  /**
   * Opens the sound of an unanswered incoming leg (183 with our media), so that its caller hears what is played or the
   * early media of a leg it is bridged with. A leg that cannot only rings.
   */
  progress(leg: LegId): void;
  /** Answers an incoming leg (200 with our media). Event: `answered`. */
  answer(leg: LegId): void;
  /** Refuses an unanswered incoming leg with the failure's status. */
  reject(leg: LegId, failure: CallFailure): void;
  /** Creates an outgoing leg. Events: `ringing`, then `answered` or `failed`. */
  dial(leg: LegId, target: DialTarget, options: DialOptions): void;
  /** Both hear each other; whatever was played to either stops. */
  bridge(left: LegId, right: LegId): void;
  /** Takes a leg out of its bridge; it hears nothing until told otherwise. */
  park(leg: LegId): void;
  /** Replaces what the leg hears. Event: `playback-ended` with the same `playbackId` when not looping. */
  play(leg: LegId, playbackId: string, items: readonly PlayItem[], loop?: boolean): void;
  stop(leg: LegId): void;
  /** Tells a phone that asked for a transfer that it did not happen; nothing for a leg that did not ask. */
  transferFailed(leg: LegId): void;
  sendDigits(leg: LegId, digits: string): void;
  /** Records what the leg says until the limits, `stopRecording` or its end. Event: `recording-ended`. */
  record(leg: LegId, recordingId: string, limits: RecordingLimits): void;
  stopRecording(leg: LegId): void;
  /** Ends the leg in whatever state it is: CANCEL, BYE or a final answer. Event: `ended`. */
  hangUp(leg: LegId, failure?: CallFailure): void;
}

export type LegEvent =
  | {
      readonly kind: 'incoming';
      readonly leg: LegId;
      readonly origin: LegOrigin;
      readonly tenantId: string;
      /** As dialled; not normalised. */
      readonly dialled: string;
      readonly caller: ShownParty;
      /** Set when this INVITE continues an API command of this house. */
      readonly callId?: string;
      /**
       * The phone takes over a leg of this house (RFC 3891): `ringing` is picked up, `talking` moves here. The leg and
       * the permission to know of it are proven.
       */
      readonly replaces?: { readonly leg: LegId; readonly state: 'ringing' | 'talking' };
      /** Whose forwarding brought the call, as the provider tells it (RFC 7044, RFC 5806). */
      readonly divertedBy?: string;
      /** The network showed a number nobody may show (TKG §120 (2)); `caller` is empty then. */
      readonly forgedCaller?: true;
    }
  | { readonly kind: 'ringing'; readonly leg: LegId }
  /** The far side sends sound before it answers (183 with SDP): the leg can be bridged. */
  | { readonly kind: 'progress'; readonly leg: LegId }
  | { readonly kind: 'answered'; readonly leg: LegId }
  /** An outgoing leg did not come about. */
  | {
      readonly kind: 'failed';
      readonly leg: LegId;
      readonly failure: CallFailure;
      /** A phone asked to send the call there instead (3xx); to be dialled under its person's rights. */
      readonly redirectTo?: string;
    }
  /** The leg is over. `by` tells who hung up. Exactly once per leg that did not fail. */
  | {
      readonly kind: 'ended';
      readonly leg: LegId;
      readonly by: 'remote' | 'local' | 'lost';
      readonly failure?: CallFailure;
    }
  | { readonly kind: 'playback-ended'; readonly leg: LegId; readonly playbackId: string }
  | { readonly kind: 'digit'; readonly leg: LegId; readonly digit: string }
  | {
      /** 0 milliseconds and no file: nothing could be kept. */
      readonly kind: 'recording-ended';
      readonly leg: LegId;
      readonly recordingId: string;
      /** Empty when nothing of what was said could be kept. */
      readonly file: string;
      readonly milliseconds: number;
      /** How much of it is voice. */
      readonly voiceMilliseconds: number;
    }
  /** The far side of an answered leg falters: nothing is heard from it. It may recover, or end as `lost`. */
  | { readonly kind: 'faltering' | 'recovered'; readonly leg: LegId }
  /** A phone's re-INVITE (sendonly, inactive, 0.0.0.0) or its taking back; same meaning as the API command. */
  | { readonly kind: 'hold-requested'; readonly leg: LegId }
  | { readonly kind: 'resume-requested'; readonly leg: LegId }
  /** A phone's REFER; same meaning as the API command. */
  | { readonly kind: 'transfer-requested'; readonly leg: LegId; readonly target: string }
  /** A phone's REFER with Replaces: whoever talks with `leg` shall talk with whoever talks with `consultation`. */
  | { readonly kind: 'attended-transfer-requested'; readonly leg: LegId; readonly consultation: LegId };

/** Port: which people have at least one registered device right now. */
export interface Reachability {
  isReachable(personId: string): boolean;
  /** Whether this device has a live registration. */
  isRegistered(deviceId: string): boolean;
  /** Called when a person gains the first or loses the last device. */
  onChange(listener: (personId: string, reachable: boolean) => void): () => void;
}
