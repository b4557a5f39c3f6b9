import { parseNumber } from '@amtsleitung/domain';
import type { NumberFormat } from '@amtsleitung/domain';

/** A number as this provider writes it. Short numbers (110, 115, 116 117) have one spelling everywhere. */
export function spellForTrunk(number: string, format: NumberFormat): string {
  const digits = /^\+([1-9][0-9]{3,14})$/.exec(number)?.[1];
  if (digits === undefined) return number.replace(/[^0-9*#]/g, '');
  switch (format) {
    case 'plus':
      return `+${digits}`;
    case 'zeros':
      return `00${digits}`;
    case 'bare':
      return digits;
    case 'national':
      return digits.startsWith('49') ? `0${digits.slice(2)}` : `00${digits}`;
  }
}

/** Longer than any number that means something only here. */
const shortestBare = 7;

/**
 * A number of an incoming call as E.164. `+`, `00` and `0` speak for themselves; the format only decides what digits
 * without any of them mean. What has no clear meaning stays as it was written.
 */
export function readFromTrunk(written: string, format: NumberFormat | 'any'): string {
  const isBare = /^[1-9][0-9]*$/.test(written) && written.length >= shortestBare;
  if (isBare && format === 'bare') return `+${written}`;
  if (!/^(?:\+|0)/.test(written)) return written;
  const parsed = parseNumber(written);
  return parsed.kind === 'e164' ? parsed.e164 : written;
}
