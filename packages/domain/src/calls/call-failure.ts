/** Words for why a leg or a call did not come about. Each carries its whole verdict (see `callFailures`). */
export type CallFailureKind =
  | 'not-in-service'
  | 'busy'
  | 'no-answer'
  | 'declined'
  | 'unreachable'
  | 'forbidden'
  | 'not-acceptable-media'
  | 'overloaded'
  | 'trunk-failed'
  | 'interrupted'
  | 'media-lost'
  | 'cancelled'
  | 'answered-elsewhere';

/** What a failure means to the other side of the line and to the record. */
export interface CallFailure {
  readonly kind: CallFailureKind;
  /** SIP final status for a leg that is not answered yet (RFC 3261 §21). */
  readonly sipStatus: number;
  /** Q.850 cause for the Reason header (RFC 3326). */
  readonly q850: number;
  /** Announcement for callers who would otherwise hear nothing; undefined: none. */
  readonly announcement?: 'number-not-in-service' | 'nobody-available' | 'call-failed' | 'not-permitted';
}

export const callFailures: Readonly<Record<CallFailureKind, CallFailure>> = {
  'not-in-service': { kind: 'not-in-service', sipStatus: 404, q850: 1, announcement: 'number-not-in-service' },
  busy: { kind: 'busy', sipStatus: 486, q850: 17, announcement: 'nobody-available' },
  'no-answer': { kind: 'no-answer', sipStatus: 480, q850: 19, announcement: 'nobody-available' },
  declined: { kind: 'declined', sipStatus: 603, q850: 21, announcement: 'nobody-available' },
  unreachable: { kind: 'unreachable', sipStatus: 480, q850: 20, announcement: 'nobody-available' },
  forbidden: { kind: 'forbidden', sipStatus: 403, q850: 57, announcement: 'not-permitted' },
  'not-acceptable-media': { kind: 'not-acceptable-media', sipStatus: 488, q850: 88 },
  overloaded: { kind: 'overloaded', sipStatus: 503, q850: 42 },
  'trunk-failed': { kind: 'trunk-failed', sipStatus: 503, q850: 38, announcement: 'call-failed' },
  interrupted: { kind: 'interrupted', sipStatus: 500, q850: 41 },
  'media-lost': { kind: 'media-lost', sipStatus: 500, q850: 41 },
  cancelled: { kind: 'cancelled', sipStatus: 487, q850: 16 },
  'answered-elsewhere': { kind: 'answered-elsewhere', sipStatus: 487, q850: 26 },
};
