import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { levelOf, parseWav } from '@amtsleitung/media';
import { describe, expect, it } from 'vitest';
import { highestNumber, promptTexts } from './prompt-texts.ts';

const read = (path: string): Int16Array =>
  parseWav(readFileSync(fileURLToPath(new URL(`../../assets/${path}`, import.meta.url))));

describe('the recorded prompts', () => {
  it.each(['de', 'en'] as const)('can all be played in %s', (language) => {
    const numbers = Array.from({ length: highestNumber + 1 }, (_, number) => `number-${number}`);
    for (const name of [...Object.keys(promptTexts[language]), ...numbers]) {
      const samples = read(`prompts/${language}/${name}.wav`);
      expect(samples.length, name).toBeGreaterThan(1500);
      expect(levelOf(samples), name).toBeGreaterThan(-35);
    }
  });

  it('say the same things in both languages', () => {
    expect(Object.keys(promptTexts.en)).toEqual(Object.keys(promptTexts.de));
  });

  it('wait with music that joins up with itself', () => {
    const music = read('music/waiting.wav');
    expect(music.length).toBeGreaterThan(60 * 8000);
    const steps = music.map((sample, at) => Math.abs(sample - music[(at + music.length - 1) % music.length]!));
    expect(steps[0]).toBeLessThanOrEqual(steps.reduce((most, step) => Math.max(most, step), 0) / 2);
  });

  it.each(['ringback-de', 'busy-de', 'message-beep'])('have the tone %s', (name) => {
    expect(read(`tones/${name}.wav`).length).toBeGreaterThan(1500);
  });
});
