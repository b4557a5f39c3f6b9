import { describe, expect, it } from 'vitest';
import { levelOf } from './level-meter.ts';

describe('the level', () => {
  it('is nothing in silence and full at full scale', () => {
    expect(levelOf(new Float32Array(8))).toBe(0);
    expect(levelOf(new Float32Array(8).fill(1))).toBe(1);
    expect(levelOf(new Float32Array(8).fill(0.0001))).toBe(0);
  });
  it('halves at −30 dB', () => expect(levelOf(new Float32Array(8).fill(10 ** (-30 / 20)))).toBeCloseTo(0.5));
});
