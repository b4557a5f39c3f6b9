import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { HeadNumber } from './head-number.ts';

export type NumberStyle = 'national' | 'international';

/**
 * Writes a number by DIN 5008: `06205 21-123` when its head is known, else `06205 21123`; `0171 3920042`;
 * international `+49 6205 21-123`. Extensions and service numbers stay as they are.
 */
export function writeNumber(
  number: string,
  heads: readonly HeadNumber[] = [],
  style: NumberStyle = 'national',
): string {
  if (!/^\+[0-9]{4,15}$/.test(number)) return number;
  const head = headOf(number, heads);
  if (head) return withHead(number, head, style);
  const parsed = parsePhoneNumberFromString(number);
  if (!parsed) return number;
  if (parsed.countryCallingCode !== '49' || style === 'international') return parsed.formatInternational();
  const written = parsed.formatNational();
  // An area nobody knows is left without its 0 by the library.
  return written.startsWith('0') ? written : `0${parsed.nationalNumber}`;
}

function withHead(number: string, head: HeadNumber, style: NumberStyle): string {
  const areaEnd = '+49'.length + head.areaCodeLength;
  const area = number.slice('+49'.length, areaEnd);
  const extension = number.slice(head.e164.length);
  const subscriber = head.e164.slice(areaEnd) + (extension && `-${extension}`);
  return style === 'national' ? `0${area} ${subscriber}` : `+49 ${area} ${subscriber}`;
}

/** The longest head number that `e164` starts with. */
export function headOf(e164: string, heads: readonly HeadNumber[]): HeadNumber | undefined {
  return headsOf(e164, heads)[0];
}

/** Every head number that `e164` starts with, longest first. */
export function headsOf(e164: string, heads: readonly HeadNumber[]): readonly HeadNumber[] {
  return heads.filter((head) => e164.startsWith(head.e164)).sort((left, right) => right.e164.length - left.e164.length);
}
