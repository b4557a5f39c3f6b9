import type { CallDirection, CallOutcome } from '../events/call-events.ts';

/** One call as its own people may see it. Built from stored events only. */
export interface CallRecord {
  readonly callId: string;
  readonly tenantId: string;
  readonly direction: CallDirection;
  /** Milliseconds since 1970 UTC. */
  readonly arrivedAt: number;
  readonly endedAt?: number;
  readonly outcome?: CallOutcome;
  readonly talkMilliseconds: number;
  readonly waitMilliseconds: number;
  readonly hotlineId?: string;
  /** Undefined once erased or when there is no outside party. */
  readonly party?: { readonly partyId: string; readonly number?: string; readonly name?: string };
  /** Colleagues of internal calls. */
  readonly callerPersonId?: string;
  readonly calleePersonId?: string;
  readonly steps: readonly CallStep[];
}

/** One stop of the line as drawn on the screen. */
export interface CallStep {
  readonly at: number;
  readonly kind: string;
  readonly personId?: string;
  readonly hotlineId?: string;
  readonly detail?: string;
}

/** Port: own calls, newest first. `search` matches the party's number (digits) or name. */
export interface CallRecordStore {
  ofPerson(
    tenantId: string,
    personId: string,
    page: { readonly search?: string; readonly before?: number; readonly limit: number },
  ): Promise<readonly CallRecord[]>;
}
