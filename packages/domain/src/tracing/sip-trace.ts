import type { CallDirection, CallOutcome } from '../events/call-events.ts';

/** One SIP message of a call, masked before it is kept: no digits of outside numbers, no secret, no key. */
export interface TracedMessage {
  /** Wall milliseconds. */
  readonly at: number;
  /** As seen by the house. */
  readonly direction: 'received' | 'sent';
  /** Who was at the other end: the trunk's or the device's name. */
  readonly peer: string;
  readonly transport: 'udp' | 'tcp' | 'tls' | 'ws';
  /** `INVITE` or `180 Ringing`; what the ladder's arrow says. */
  readonly summary: string;
  readonly text: string;
}

/** The SIP ladder of one leg. */
export interface LegTrace {
  readonly tenantId: string;
  readonly callId: string;
  readonly leg: string;
  readonly messages: readonly TracedMessage[];
}

/** A call that has a trace, as a list shows it. */
export interface TracedCall {
  readonly callId: string;
  /** Wall milliseconds of its first message. */
  readonly at: number;
  readonly legs: number;
  readonly messages: number;
  /** Trunks and devices that took part, each once. */
  readonly peers: readonly string[];
  /** What the call's record tells of it; undefined: there is none, or not yet. */
  readonly record?: TracedRecord;
}

/** As much of a call as an administrator needs to find it, and no more. */
export interface TracedRecord {
  readonly direction: CallDirection;
  /** Undefined: it still runs. */
  readonly outcome?: CallOutcome;
  /** The last three digits of the outside number. */
  readonly lastDigits?: string;
}

export interface TracePage {
  /** Wall milliseconds; the calls that began earlier. */
  readonly before?: number | undefined;
  /** Three digits: only calls whose outside number ends with them. */
  readonly lastDigits?: string | undefined;
  readonly limit: number;
}

/** Port: kept for 7 days. Losing a trace never hurts a call. */
export interface TraceStore {
  /** All of them or, when it rejects, perhaps none. */
  save(...traces: readonly LegTrace[]): Promise<void>;
  /** In the order in which the legs began. */
  ofCall(tenantId: string, callId: string): Promise<readonly LegTrace[]>;
  /** Newest first. */
  recent(tenantId: string, page: TracePage): Promise<readonly TracedCall[]>;
}
