import type { CallFailure } from '../calls/call-failure.ts';
import type { OutsideLine } from '../dialplan/outside-lines.ts';
import type { Person } from '../directory/person.ts';
import type { Hotline } from '../hotline/hotline.ts';

/** An outside number over the first trunk that works. */
export interface OutsideTarget {
  readonly kind: 'outside';
  readonly number: string;
  /** Best first. */
  readonly lines: readonly OutsideLine[];
  /** The spend guard's reservation; undefined for 110 and 112, which never ask it and try every line. */
  readonly chargeId?: string;
  readonly hideNumber?: boolean;
  /** The office number of whoever forwards the call. */
  readonly forwardedBy?: string;
}

/** Whom to ring: a colleague on all devices, or the outside. */
export type RingTarget = { readonly kind: 'person'; readonly person: Person } | OutsideTarget;

/** A routing decision with its reservation: where a call can go at once. */
export type Way =
  | RingTarget
  | { readonly kind: 'hotline'; readonly hotline: Hotline }
  | { readonly kind: 'refused'; readonly failure: CallFailure };

export const isEmergency = (target: OutsideTarget): boolean => target.chargeId === undefined;
