/** What administrators and sign-ins did. No values of fields, only which record. */
export type AuditEvent =
  | { readonly kind: 'signed-in'; readonly personId: string }
  | { readonly kind: 'signed-out'; readonly personId: string }
  | {
      readonly kind: 'record-changed';
      readonly personId: string;
      readonly record:
        'person' | 'device' | 'number' | 'head-number' | 'trunk' | 'hotline' | 'message' | 'site' | 'department';
      readonly recordId: string;
      readonly change: 'created' | 'updated' | 'deleted';
    }
  | { readonly kind: 'party-erased'; readonly partyId: string; readonly reason: 'retention' | 'request' }
  | { readonly kind: 'emergency-attempted'; readonly callId: string; readonly siteId?: string };
