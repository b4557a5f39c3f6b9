import type { DiallingClass } from '../numbering/dialling-class.ts';

interface SpendFacts {
  readonly chargeId: string;
  readonly callId: string;
  /** Whose limits it counts against. */
  readonly personId: string;
  readonly trunkId: string;
}

/** What an outgoing call is reserved with and what it came to; from both, the day's sums survive a restart. */
export type SpendEvent =
  | (SpendFacts & {
      readonly kind: 'trunk-call-started';
      readonly diallingClass: DiallingClass;
      readonly reservedCents: number;
    })
  | (SpendFacts & {
      readonly kind: 'trunk-call-ended';
      readonly cents: number;
      readonly connectedMilliseconds: number;
    });
