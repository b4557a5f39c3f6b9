/** What administrators and sign-ins did. No values of fields, only which record. */
export type AuditEvent =
  | { readonly kind: 'signed-in'; readonly personId: string }
  | { readonly kind: 'signed-out'; readonly personId: string }
  | {
      readonly kind: 'record-changed';
      readonly personId: string;
      readonly record:
        | 'person'
        | 'device'
        | 'number'
        | 'head-number'
        | 'trunk'
        | 'hotline'
        | 'message'
        | 'site'
        | 'department'
        | 'settings';
      readonly recordId: string;
      readonly change: 'created' | 'updated' | 'deleted';
    }
  /** An administrator looked at the signalling of a call. */
  | { readonly kind: 'trace-viewed'; readonly personId: string; readonly callId: string }
  | { readonly kind: 'party-erased'; readonly partyId: string; readonly reason: 'retention' | 'request' }
  /** A limit of the spend guard: it stops new calls of this person or trunk. Money: once a day, the rest once an hour. */
  | {
      readonly kind: 'limit-reached';
      readonly scope: 'person' | 'trunk';
      /** Of the person or the trunk. */
      readonly scopeId: string;
      readonly limit: 'calls-at-once' | 'calls-per-minute' | 'daily-cents';
    }
  /** Too many wrong PINs or codes; its owner is told. */
  | { readonly kind: 'pin-locked'; readonly personId: string }
  | { readonly kind: 'emergency-attempted'; readonly callId: string; readonly siteId?: string };
