import type { LegId, ShownParty } from '../calls/call-control.ts';

/** One end of a call: a colleague's phone or the outside over a trunk. */
export interface Side {
  readonly leg: LegId;
  /** Undefined: outside. */
  readonly personId?: string;
  /** What the other end sees. */
  readonly shown: ShownParty;
  /** Stands on the side of whoever started the call. */
  readonly isCaller: boolean;
  /** A door station calls: the keys that open it. */
  readonly doorDigits?: string;
}

/** A colleague who passes the other side on. `holds`: had it on hold when they asked for that. */
export type Transferor = Side & { readonly personId: string; readonly holds: boolean };
