import type { NumberClass } from '../numbering/number-class.ts';

/** Classes of outside numbers somebody may dial. Emergency numbers need no right. */
export type CallRights = ReadonlySet<NumberClass>;

/** What every office phone may dial: foreign, premium and unknown numbers are off. */
export const officeRights: CallRights = new Set<NumberClass>([
  'authority-115',
  'harmonised-116',
  'freephone-0800',
  'shared-cost-0180',
  'voip-032',
  'personal-0700',
  'mobile',
  'national',
]);
