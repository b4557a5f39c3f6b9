/** What kind of number somebody wants to reach; decides rights, cost and whether it may be a caller ID. */
export type NumberClass =
  | 'emergency'
  | 'authority-115'
  | 'harmonised-116'
  | 'freephone-0800'
  | 'shared-cost-0180'
  | 'premium-0900'
  | 'televoting-0137'
  | 'directory-118'
  | 'voip-032'
  | 'personal-0700'
  | 'mobile'
  | 'national'
  | 'international'
  | 'unknown';

const germanClasses: readonly (readonly [RegExp, NumberClass])[] = [
  [/^11[02]$/, 'emergency'],
  [/^115$/, 'authority-115'],
  [/^116\d{3}$/, 'harmonised-116'],
  [/^118\d{2,3}$/, 'directory-118'],
  [/^800\d{6,10}$/, 'freephone-0800'],
  [/^180\d{5,9}$/, 'shared-cost-0180'],
  [/^900\d{5,10}$/, 'premium-0900'],
  [/^13[78]\d{5,9}$/, 'televoting-0137'],
  [/^32\d{7,11}$/, 'voip-032'],
  [/^700\d{6,10}$/, 'personal-0700'],
  [/^1(?:5\d|6[023]|7\d)\d{7,9}$/, 'mobile'],
  // Geographic area codes; 031x are carrier tests, [789]00 without a match above is no number.
  [/^(?!31|[789]00)[2-9]\d{4,12}$/, 'national'],
];

/**
 * Class of an E.164 number or of a short number. Unknown German ranges are `unknown` and never dialled.
 * Some phones rewrite 112 into +49112; no German number starts so, hence it still is an emergency.
 */
export function classifyNumber(number: string): NumberClass {
  if (number.startsWith('+') && !number.startsWith('+49')) return 'international';
  const digits = number.startsWith('+49') ? number.slice(3) : number;
  if (!number.startsWith('+') && !digits.startsWith('11')) return 'unknown';
  return germanClasses.find(([pattern]) => pattern.test(digits))?.[1] ?? 'unknown';
}

/**
 * 110 or 112 (never a right, never a limit), also with a leading outside 0, rewritten to +49, behind `*31#` and with the
 * `#` that ends dialling on many phones. Not 00112: somebody may have stopped in the middle of a foreign number. Undefined: neither.
 */
export function emergencyDigits(dialled: string): '110' | '112' | undefined {
  const match = /^(?:\*31#)?(?:0|\+49|0049)?(11[02])#?$/.exec(dialled.replace(/[\s()/.-]/g, ''));
  return match?.[1] as '110' | '112' | undefined;
}

const neverShown: ReadonlySet<NumberClass> = new Set<NumberClass>([
  'emergency',
  'authority-115',
  'harmonised-116',
  'premium-0900',
  'televoting-0137',
  'directory-118',
  'shared-cost-0180',
  'unknown',
]);

/** TKG §120 (2): numbers that must never appear as a caller's number, and short or unknown ones. */
export function mayBeCallerId(e164: string): boolean {
  return e164.startsWith('+') && !neverShown.has(classifyNumber(e164));
}
