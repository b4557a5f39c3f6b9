import type { DiallingClass } from '../numbering/dialling-class.ts';

/** Where somebody's calls go instead; each target is dialled under the person's own rights. Empty: nowhere. */
export interface Forwarding {
  readonly always: string;
  readonly busy: string;
  readonly noAnswer: string;
  /** Seconds of ringing before `noAnswer`. */
  readonly noAnswerSeconds: number;
}

/** How somebody's own line behaves. Hotline calls never follow it. */
export interface PersonPhone {
  readonly forwarding: Forwarding;
  /** Direct calls do not ring; seen by others as the one word "nicht stören". */
  readonly doNotDisturb: boolean;
  /** The person's number is not shown outside (CLIR), except to 110 and 112. */
  readonly hideNumber: boolean;
  /** What this person may dial; undefined: the department's rights. */
  readonly diallingClasses?: readonly DiallingClass[];
  /** HA1-like hash of the PIN for hot desking; undefined: none chosen yet. */
  readonly pinHash?: string;
}

export const plainPersonPhone: PersonPhone = {
  forwarding: { always: '', busy: '', noAnswer: '', noAnswerSeconds: 20 },
  doNotDisturb: false,
  hideNumber: false,
};
