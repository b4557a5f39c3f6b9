import { UsageError } from './usage-error.ts';

/**
 * The whole number for what a newcomer types: `21-0` is head number 21 with extension 0, wherever the head number lies.
 * Full numbers pass as they are, without writing marks.
 */
export function wholeNumber(typed: string, headNumbers: readonly string[]): string {
  const digits = typed.replace(/[\s()/.]/g, '');
  const short = /^(\d{1,8})-(\d{0,6})$/.exec(digits);
  if (short) {
    const head = headNumbers.find((number) => number.endsWith(short[1]!));
    if (head) return head + short[2]!;
  }
  const plain = digits.replaceAll('-', '');
  if (/^\+?\d{3,15}$/.test(plain)) return plain;
  throw new UsageError(`„${typed}“ ist keine Rufnummer, zum Beispiel: npm run call -- 21-0`);
}
