import type { LegId } from '../calls/call-control.ts';

/** A reservation of the spend guard; goes with its leg from one call to another. */
export interface Charge {
  readonly chargeId: string;
  readonly personId: string;
  readonly trunkId: string;
  readonly leg?: LegId;
}
