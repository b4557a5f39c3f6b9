/** The ways in which providers write E.164 numbers. */
export type Spelling = 'plus' | 'zeros' | 'bare' | 'national';

/** `+4949…` as the provider writes it; national leaves foreign numbers with 00. */
export function spelled(e164: string, spelling: Spelling): string {
  const digits = e164.slice(1);
  switch (spelling) {
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

/** The E.164 number in `text` when it is written in one of `allowed`; undefined otherwise. */
export function readSpelled(text: string, allowed: readonly Spelling[]): string | undefined {
  const read: Readonly<Record<Spelling, RegExp>> = {
    plus: /^\+([1-9]\d{3,14})$/,
    zeros: /^00([1-9]\d{3,14})$/,
    bare: /^([1-9]\d{3,14})$/,
    national: /^0([1-9]\d{2,13})$/,
  };
  for (const spelling of allowed) {
    const digits = read[spelling].exec(text)?.[1];
    if (digits !== undefined) return spelling === 'national' ? `+49${digits}` : `+${digits}`;
  }
  return undefined;
}
