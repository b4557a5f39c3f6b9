/** `2000` → `20,00`; what a person can type back. */
export const euroText = (cents: number): string =>
  `${String(Math.floor(cents / 100))},${String(cents % 100).padStart(2, '0')}`;

/** `20`, `20,5` or `20.50` → cents; NaN: that is no amount of money. */
export function centsOf(text: string): number {
  const match = /^\s*(\d{1,7})(?:[.,](\d{1,2}))?\s*€?\s*$/.exec(text);
  if (match === null) return Number.NaN;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}
