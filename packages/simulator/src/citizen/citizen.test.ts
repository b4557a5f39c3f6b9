import { describe, expect, it } from 'vitest';
import { VirtualClock } from '@amtsleitung/base/testing';
import { rush } from './call-the-house.ts';
import { dialledNumber } from './dialled-number.ts';
import { spokenSentences } from './spoken-sentences.ts';

describe('dialledNumber', () => {
  it.each([
    ['21-0', '+494999210'],
    ['04999 21-120', '+49499921120'],
    ['(04999) 21/120', '+49499921120'],
    ['+49 4999 21-0', '+494999210'],
    ['0049 4999 210', '+494999210'],
  ])('%s is %s', (written, expected) => expect(dialledNumber(written)).toBe(expected));

  it.each(['', '+', 'Rathaus', '21;0', '21-0\r\nX: y'])('refuses %j', (written) => {
    expect(() => dialledNumber(written)).toThrow(/no telephone number/);
  });
});

describe('rush', () => {
  it('starts at the rate and stops when told', async () => {
    const clock = new VirtualClock();
    const started: number[] = [];
    const stop = new AbortController();
    const done = rush(5, 2, clock, stop.signal, (place) => {
      started.push(place);
      return Promise.resolve(place);
    });
    for (let second = 0; second < 2; second++) {
      await Promise.resolve();
      clock.advance(500);
    }
    stop.abort();
    clock.advance(500);
    expect(await done).toEqual(started);
    expect(started.length).toBeGreaterThan(1);
    expect(started.length).toBeLessThan(5);
  });
});

describe('spokenSentences', () => {
  it('are there, each some seconds long and audible', () => {
    const sentences = spokenSentences();
    expect(sentences.length).toBeGreaterThan(3);
    for (const samples of sentences) {
      expect(samples.length / 8000).toBeGreaterThan(3);
      expect(samples.reduce((loudest, value) => Math.max(loudest, Math.abs(value)), 0)).toBeGreaterThan(5000);
    }
  });
});
