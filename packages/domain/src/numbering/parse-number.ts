import type { HeadNumber } from './head-number.ts';

/** Why a dialled or shown string is no number. Default deny: whatever has no meaning here has none. */
export type NumberFlaw = 'empty' | 'not-digits' | 'too-long' | 'too-short' | 'carrier-prefix';

/**
 * `e164`: worldwide unique, with `+`. `short`: digits without leading 0, meaningful only here (extension, 110, 115, 116 117 …).
 */
export type ParsedNumber =
  | { readonly kind: 'e164'; readonly e164: string }
  | { readonly kind: 'short'; readonly digits: string }
  | { readonly kind: 'invalid'; readonly flaw: NumberFlaw };

/** Spaces, dashes, brackets, slashes and dots as people write them; letters and other alphabets' digits are refused. */
const separators = /[\s\u2010-\u2014()/.-]/gu;
const longestE164 = 15;
const longestShort = 6;
/** `+49 (0) 6205 …`: the bracketed trunk prefix is dropped abroad. */
const bracketedTrunkPrefix = /^(\s*(?:\+|00)\d{1,3}\s*)\(0\)/;

/**
 * Turns what somebody dialled or a network showed into one canonical form. Local numbers are read relative to `head`:
 * `21-123` with head `+49620521` is `+49620521123`. Total: never throws, bounded by the length check.
 */
export function parseNumber(written: string, head?: HeadNumber): ParsedNumber {
  if (written.length > 64) return invalid('too-long');
  const compact = written.replace(bracketedTrunkPrefix, '$1').replace(separators, '');
  if (compact === '') return invalid('empty');
  if (!/^\+?[0-9]+$/.test(compact)) return invalid('not-digits');
  if (compact.startsWith('+')) return international(compact.slice(1));
  if (compact.startsWith('00')) return international(compact.slice(2));
  if (/^010[0-9]/.test(compact)) return invalid('carrier-prefix');
  if (compact.startsWith('0') && compact.length > 1) return international(`49${compact.slice(1)}`);
  return local(written, compact, head);
}

function international(digits: string): ParsedNumber {
  if (digits.length > longestE164) return invalid('too-long');
  if (digits.length < 4 || digits.startsWith('0')) return invalid('too-short');
  // 0049 0 6205 …: the national trunk prefix kept by mistake.
  if (digits.startsWith('490')) return international(`49${digits.slice(3)}`);
  return { kind: 'e164', e164: `+${digits}` };
}

/** No prefix at all: an extension, a service number, or our own number without the area code. */
function local(written: string, digits: string, head: HeadNumber | undefined): ParsedNumber {
  const subscriber = head && subscriberPart(head);
  const saysHead = /^\s*\d+\s*[-/\u2010-\u2014]/u.test(written);
  if (head && subscriber && digits.startsWith(subscriber) && (saysHead || digits.length > longestShort)) {
    return international(head.e164.slice(1) + digits.slice(subscriber.length));
  }
  return digits.length > longestShort ? invalid('too-long') : { kind: 'short', digits };
}

/** The head without `+49` and area code: `21` of `+49620521`. */
export function subscriberPart(head: HeadNumber): string {
  return head.e164.slice('+49'.length + head.areaCodeLength);
}

const invalid = (flaw: NumberFlaw): ParsedNumber => ({ kind: 'invalid', flaw });
