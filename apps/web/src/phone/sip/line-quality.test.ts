import { describe, expect, it } from 'vitest';
import { qualityBetween } from './line-quality.ts';

const sums = (packets: number, lost: number, jitter = 0.005) => ({ packets, lost, jitter });

describe('line quality', () => {
  it('judges the last interval, not the whole call', () => {
    expect(qualityBetween(sums(1000, 500), sums(1100, 500))).toBe('good');
    expect(qualityBetween(sums(1000, 0), sums(1095, 5))).toBe('fair');
    expect(qualityBetween(sums(1000, 0), sums(1080, 20))).toBe('poor');
  });
  it('counts a restless arrival like loss', () => {
    expect(qualityBetween(sums(0, 0), sums(100, 0, 0.06))).toBe('fair');
    expect(qualityBetween(sums(0, 0), sums(100, 0, 0.2))).toBe('poor');
  });
  it('says nothing about silence', () => expect(qualityBetween(sums(50, 0), sums(50, 0))).toBeUndefined());
  it('survives counters that were corrected downwards', () =>
    expect(qualityBetween(sums(100, 10), sums(200, 8))).toBe('good'));
});
