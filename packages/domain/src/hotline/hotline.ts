import type { Language } from '../identity/language.ts';
import type { OpeningHours } from '../schedule/opening-hours.ts';

/** A number that several people answer; also the classic group number (Sammelanschluss). */
export interface Hotline {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly language: Language;
  /** People who may log in. */
  readonly memberIds: readonly string[];
  readonly openingHours: OpeningHours;
  /** Seconds one offer rings before it goes to the next agent. */
  readonly ringSeconds: number;
  /** Seconds an agent is not offered this call's successor after missing one; declining counts the same. */
  readonly retryPauseSeconds: number;
  readonly wrapUpSeconds: number;
  /** Seconds in the queue after which the caller is asked to leave a message. */
  readonly maxWaitSeconds: number;
  /** Promise: `percent` of calls answered within `seconds` (115: 75 in 30). */
  readonly serviceLevel: { readonly percent: number; readonly seconds: number };
}

/** How an agent stands towards hotlines. Kept over restarts. */
export interface AgentLogin {
  readonly tenantId: string;
  readonly personId: string;
  readonly hotlineId: string;
  readonly loggedIn: boolean;
}
