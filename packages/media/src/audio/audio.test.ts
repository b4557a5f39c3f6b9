import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pcma } from '../codecs/g711.ts';
import { AudioClip } from './audio-clip.ts';
import { amplify, levelOf, mixInto } from './level.ts';
import { Playlist } from './playlist.ts';
import { ToneDetector, toneShare } from './tone-detector.ts';
import { generateTone, ToneGenerator } from './tone.ts';
import { parseWav, printWav, WavError } from './wav.ts';

describe('a WAV file', () => {
  it('reads as it was written', () => {
    fc.assert(
      fc.property(
        fc.int16Array({ maxLength: 500 }),
        (samples) => void expect(parseWav(printWav(samples))).toEqual(samples),
      ),
    );
  });

  it('may carry chunks we do not know', () => {
    const plain = printWav(Int16Array.from([1, -2, 3]));
    const note = Buffer.from('LIST\x05\x00\x00\x00hello\x00', 'latin1');
    const file = Buffer.concat([plain.subarray(0, 36), note, plain.subarray(36)]);
    expect(parseWav(file)).toEqual(Int16Array.from([1, -2, 3]));
  });

  it.each([
    ['cut off', (file: Buffer) => file.subarray(0, file.length - 1)],
    ['stereo', (file: Buffer) => file.fill(2, 22, 23)],
    ['at another rate', (file: Buffer) => file.fill(0x44, 24, 25)],
    ['compressed', (file: Buffer) => file.fill(6, 20, 21)],
    ['something else', (file: Buffer) => file.fill(0, 0, 4)],
    ['empty', () => Buffer.alloc(0)],
  ])('is refused when %s', (_, spoil) => {
    expect(() => parseWav(spoil(printWav(new Int16Array(10))))).toThrow(WavError);
  });

  it('is refused in no other way', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const file = Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE'), bytes]);
        try {
          parseWav(file);
        } catch (error) {
          expect(error).toBeInstanceOf(WavError);
        }
      }),
    );
  });
});

describe('tones', () => {
  it('are found by their frequency', () => {
    const tone = generateTone([440], 500);
    expect(toneShare(tone, 440)).toBeGreaterThan(0.95);
    expect(toneShare(tone, 480)).toBeLessThan(0.05);
    const heard = new ToneDetector([440, 1000]).push(tone);
    expect(heard.slice(0, -1).every((sound) => sound === 440)).toBe(true);
    expect(new ToneDetector([440]).push(new Int16Array(800))).toEqual(['silence']);
    expect(new ToneDetector([1000]).push(generateTone([440], 100))).toEqual(['other']);
  });

  it('go on without a break from frame to frame', () => {
    const whole = new ToneGenerator([440]).read(new Int16Array(480));
    const generator = new ToneGenerator([440]);
    const parts = Array.from({ length: 3 }, () => [...generator.read(new Int16Array(160))]).flat();
    expect(Int16Array.from(parts)).toEqual(whole);
  });

  it('are as loud as asked for', () => {
    const tone = new ToneGenerator([1000], -20).read(new Int16Array(8000));
    expect(levelOf(tone)).toBeCloseTo(-23, 1);
    expect(levelOf(amplify(tone, 6))).toBeCloseTo(-17, 1);
    expect(levelOf(new Int16Array(10))).toBe(Number.NEGATIVE_INFINITY);
  });

  it('are mixed without wrapping around', () => {
    const target = Int16Array.from([30_000, -30_000, 5]);
    mixInto(target, Int16Array.from([10_000, -10_000, 10]), 0.5, 0);
    expect(target).toEqual(Int16Array.from([32_767, -32_768, 10]));
  });
});

describe('a playlist', () => {
  const clip = (length: number, value: number): AudioClip => new AudioClip(new Int16Array(length).fill(value));
  const frames = (playlist: Playlist, count: number): Uint8Array => {
    const bytes = new Uint8Array(count * 160);
    for (let at = 0; at < count; at++) playlist.read(pcma, bytes, at * 160, 160);
    return bytes;
  };
  const [one, two] = [pcma.encodeTable[1000]!, pcma.encodeTable[5000]!];

  it('joins clips and pauses within a frame and ends with silence', () => {
    const playlist = new Playlist([clip(100, 1000), 50, clip(30, 5000)], false);
    const bytes = frames(playlist, 2);
    expect(playlist.ended).toBe(true);
    expect([bytes[99], bytes[100], bytes[149], bytes[150], bytes[179], bytes[180]]).toEqual([
      one,
      pcma.silence,
      pcma.silence,
      two,
      two,
      pcma.silence,
    ]);
  });

  it('repeats without a gap when it loops', () => {
    const playlist = new Playlist([clip(100, 1000), clip(60, 5000)], true);
    const bytes = frames(playlist, 20);
    expect(playlist.ended).toBe(false);
    expect(bytes.every((byte, at) => byte === (at % 160 < 100 ? one : two))).toBe(true);
  });

  it('ends at once when there is nothing in it, even looping', () => {
    expect(new Playlist([], true).ended).toBe(true);
    expect(new Playlist([0, clip(0, 1)], true).ended).toBe(true);
  });
});
