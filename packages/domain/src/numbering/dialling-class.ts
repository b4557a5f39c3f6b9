import type { HeadNumber } from './head-number.ts';
import { classifyNumber, type NumberClass } from './number-class.ts';

/** What a dialling right names; each is given or not, none includes another. Emergency calls need none. */
export type DiallingClass = 'internal' | 'local' | 'national' | 'mobile' | 'service' | 'international' | 'premium';

export const diallingClasses: readonly DiallingClass[] = [
  'internal',
  'local',
  'national',
  'mobile',
  'service',
  'international',
  'premium',
];

/** Foreign and premium numbers are off until somebody turns them on. */
export const officeClasses: readonly DiallingClass[] = ['internal', 'local', 'national', 'mobile', 'service'];

const classes: Readonly<Partial<Record<NumberClass, DiallingClass>>> = {
  'authority-115': 'service',
  'harmonised-116': 'service',
  'freephone-0800': 'service',
  'shared-cost-0180': 'service',
  'personal-0700': 'service',
  'premium-0900': 'premium',
  'televoting-0137': 'premium',
  'directory-118': 'premium',
  'voip-032': 'national',
  national: 'national',
  mobile: 'mobile',
  international: 'international',
};

/**
 * Foreign numbers that cost by the service, not by the country: satellites, international networks and premium rate
 * (ITU-T E.164 list of assigned codes), North America's 900, and the premium ranges of the neighbours.
 */
const foreignPremium = /^\+(?:870|878|88[1238]|979|1900|1976|439[03]|4190[016]|3389|3906?899|449|4870)/;

/**
 * The class of an outside number for somebody who belongs to `head`: `local` has the same area code. Undefined: no number
 * that anybody may dial.
 */
export function diallingClassOf(number: string, head: HeadNumber | undefined): DiallingClass | undefined {
  const numberClass = classifyNumber(number);
  if (numberClass === 'international' && foreignPremium.test(number)) return 'premium';
  if (numberClass === 'national' && head && number.startsWith(areaOf(head))) return 'local';
  return classes[numberClass];
}

/** `+496205` of `+49620521`. */
const areaOf = (head: HeadNumber): string => head.e164.slice(0, '+49'.length + head.areaCodeLength);
