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
