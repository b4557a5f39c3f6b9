import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteRange } from './byte-range.ts';

describe('byteRange', () => {
  it('reads RFC 9110’s examples', () => {
    expect(byteRange('bytes=0-499', 10_000)).toEqual({ first: 0, last: 499 });
    expect(byteRange('bytes=9500-', 10_000)).toEqual({ first: 9500, last: 9999 });
    expect(byteRange('bytes=-500', 10_000)).toEqual({ first: 9500, last: 9999 });
    expect(byteRange('bytes=0-0,-1', 10_000)).toBeUndefined();
    expect(byteRange('lines=1-2', 10_000)).toBeUndefined();
  });

  it('never leaves the file', () => {
    const header = fc.oneof(
      fc.string(),
      fc.tuple(fc.option(fc.nat()), fc.option(fc.nat())).map(([from, to]) => `bytes=${from ?? ''}-${to ?? ''}`),
    );
    fc.assert(
      fc.property(header, fc.nat(1000), (text, length) => {
        const range = byteRange(text, length);
        if (typeof range !== 'object') return;
        expect(range.first).toBeGreaterThanOrEqual(0);
        expect(range.first).toBeLessThanOrEqual(range.last);
        expect(range.last).toBeLessThan(length);
      }),
    );
  });
});
