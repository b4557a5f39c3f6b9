import { describe, expect, it } from 'vitest';
import { decodeG711, encodeG711, pcma, pcmu, transcodeTable } from './g711.ts';

describe.each([pcma, pcmu])('$name', (codec) => {
  const encode = (samples: readonly number[]): Uint8Array => {
    const bytes = new Uint8Array(samples.length);
    encodeG711(codec, Int16Array.from(samples), bytes);
    return bytes;
  };

  it('gives back every level it has', () => {
    const codes = Uint8Array.from({ length: 256 }, (_, code) => code);
    const again = encode([...decodeG711(codec, codes)]);
    // µ-law has two words for zero.
    const expected = codes.map((code) => (codec === pcmu && code === 0x7f ? 0xff : code));
    expect(again).toEqual(expected);
  });

  it('errs by at most half a step, a thirty-second of the level', () => {
    for (let sample = -32_000; sample <= 32_000; sample += 7) {
      const [heard] = decodeG711(codec, encode([sample]));
      expect(Math.abs(heard! - sample)).toBeLessThanOrEqual(Math.abs(sample) / 32 + 17);
    }
  });
});

it('has the known code words', () => {
  expect([pcma.silence, pcmu.silence]).toEqual([0xd5, 0xff]);
  expect([pcma.encodeTable[0x7fff], pcmu.encodeTable[0x7fff]]).toEqual([0xaa, 0x80]);
  expect([pcma.encodeTable[0x8000], pcmu.encodeTable[0x8000]]).toEqual([0x2a, 0x00]);
});

it('translates only between different codecs', () => {
  expect(transcodeTable(pcma, pcma)).toBeUndefined();
  expect(transcodeTable(pcma, pcmu)![pcma.silence]).toBeGreaterThanOrEqual(0xfe);
  const there = transcodeTable(pcma, pcmu)!;
  const back = transcodeTable(pcmu, pcma)!;
  for (let code = 0; code < 256; code++)
    expect(Math.abs(pcma.decodeTable[back[there[code]!]!]! - pcma.decodeTable[code]!)).toBeLessThanOrEqual(
      Math.abs(pcma.decodeTable[code]!) / 16 + 16,
    );
});
