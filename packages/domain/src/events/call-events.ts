import type { CallFailureKind } from '../calls/call-failure.ts';
import type { Destination } from '../numbering/head-number.ts';

export type CallDirection = 'inbound' | 'outbound' | 'internal';
export type CallOutcome = 'answered' | 'abandoned' | 'message' | 'failed' | 'interrupted';

/** Facts about one call, from the first INVITE to the end. `callId` ties them together. */
export type CallEvent =
  | {
      readonly kind: 'call-arrived';
      readonly callId: string;
      readonly direction: CallDirection;
      /** The outside party; undefined for internal calls. */
      readonly partyId?: string;
      readonly trunkId?: string;
      /** The colleague who calls; undefined for inbound calls. */
      readonly callerPersonId?: string;
      /** The network showed a number that nobody may show (TKG §120 (2)); it is kept nowhere. */
      readonly forgedCaller?: true;
    }
  | { readonly kind: 'call-routed'; readonly callId: string; readonly destination: RoutedDestination }
  | { readonly kind: 'call-ringing'; readonly callId: string; readonly personId: string }
  | { readonly kind: 'call-connected'; readonly callId: string; readonly personId?: string }
  | { readonly kind: 'call-held'; readonly callId: string; readonly personId: string }
  | { readonly kind: 'call-resumed'; readonly callId: string; readonly personId: string }
  | {
      readonly kind: 'call-transferred';
      readonly callId: string;
      readonly fromPersonId: string;
      readonly destination: RoutedDestination;
    }
  /** A colleague's forwarding sent the call on. */
  | {
      readonly kind: 'call-forwarded';
      readonly callId: string;
      readonly personId: string;
      readonly destination: RoutedDestination;
    }
  | { readonly kind: 'call-parked'; readonly callId: string; readonly personId: string; readonly orbit: string }
  | {
      readonly kind: 'message-recorded';
      readonly callId: string;
      readonly messageId: string;
      readonly box: Destination;
      readonly partyId?: string;
      readonly file: string;
      readonly milliseconds: number;
    }
  | {
      readonly kind: 'call-ended';
      readonly callId: string;
      readonly outcome: CallOutcome;
      readonly by: 'caller' | 'callee' | 'system';
      readonly failure?: CallFailureKind;
      /** Milliseconds from arrival to end, and of it connected to a person. */
      readonly totalMilliseconds: number;
      readonly talkMilliseconds: number;
    };

/** Where routing sent a call, without any outside number (that is the party's). */
export type RoutedDestination =
  | Destination
  | { readonly kind: 'outside'; readonly numberClass: string }
  | { readonly kind: 'emergency' }
  | { readonly kind: 'none'; readonly failure: CallFailureKind };
