import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centsOf, euroText } from './euros.ts';

describe('an amount of money', () => {
  it('is read as people write it', () => {
    expect(['20', '20,5', '20.50', ' 0,09 € '].map(centsOf)).toEqual([2000, 2050, 2050, 9]);
    expect(['', '-1', '1,234', '1.000,00', 'viel'].map(centsOf)).toEqual(Array(5).fill(Number.NaN));
  });
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.nat(100_000_000), (cents) => {
        expect(centsOf(euroText(cents))).toBe(cents);
      }),
    );
  });
});
