import { officeClasses, type DiallingClass } from '../numbering/dialling-class.ts';

/** What an organisation decides about its telephony. */
export interface TownSettings {
  /** Keeps the SIP ladder of each call for 7 days. */
  readonly traceCalls: boolean;
  /** Outgoing calls of one person at once. */
  readonly concurrentPerPerson: number;
  /** Outgoing calls of one person in any 60 s. */
  readonly callsPerMinute: number;
  /** Estimated cost of one person's calls on a calendar day, in cents; 0: no limit. */
  readonly dailyCentsPerPerson: number;
  /** Given to departments that have none of their own. */
  readonly diallingClasses: readonly DiallingClass[];
}

export const plainTownSettings: TownSettings = {
  traceCalls: true,
  concurrentPerPerson: 2,
  callsPerMinute: 10,
  dailyCentsPerPerson: 2_000,
  diallingClasses: officeClasses,
};
