import { describe, expect, it } from 'vitest';
import { VirtualClock } from '@amtsleitung/base/testing';
import { samplesSource, silenceSource, sineSource } from './audio-source.ts';
import { Ear, contains, hears } from './ear.ts';

const frames = (ear: Ear, source: { next(count: number): Int16Array }, milliseconds: number) => {
  for (let elapsed = 0; elapsed < milliseconds; elapsed += 20) ear.hear(source.next(160));
};

const mix = (left: Int16Array, right: Int16Array) => left.map((value, index) => value + right[index]!);

describe('Ear', () => {
  it.each([300, 440, 641, 905, 1280, 1520, 3000])('recognises %i Hz and no other tone', (frequency) => {
    const ear = new Ear(new VirtualClock());
    frames(ear, sineSource(frequency), 400);
    expect(hears(ear.latest!, frequency)).toBe(true);
    expect(Math.abs(ear.latest!.dominant - frequency)).toBeLessThan(8);
    for (const other of [360, 700, 1100, 2000]) expect(contains(ear.latest!, other)).toBe(false);
  });

  it('finds a tone below another one without taking it for what is heard', () => {
    const ear = new Ear(new VirtualClock());
    const loud = sineSource(1280, 0.3);
    const soft = sineSource(641, 0.05);
    const both = { next: (count: number) => mix(loud.next(count), soft.next(count)) };
    frames(ear, both, 400);
    expect(hears(ear.latest!, 1280)).toBe(true);
    expect(hears(ear.latest!, 641)).toBe(false);
    expect(contains(ear.latest!, 641)).toBe(true);
  });

  it('waits for a tone, for its end and for music', async () => {
    const clock = new VirtualClock();
    const ear = new Ear(clock);
    const heard = ear.untilHears(905);
    frames(ear, sineSource(905), 300);
    await heard;
    const gone = ear.untilSilentOf(905);
    const music = ear.untilHearsSomething([905]);
    frames(ear, sineSource(440), 1000);
    await gone;
    await music;
    const silent = ear.untilSilent();
    frames(ear, silenceSource, 1000);
    await silent;
  });

  it('says what it heard instead when the time is over', async () => {
    const clock = new VirtualClock();
    const ear = new Ear(clock);
    const heard = ear.untilHears(905, 1000);
    frames(ear, sineSource(1520), 300);
    clock.advance(1000);
    await expect(heard).rejects.toThrow(/waited 1000 ms for 905 Hz, heard 15\d\d Hz/);
  });
});

describe('samplesSource', () => {
  it('plays once, tells its end and goes silent', () => {
    let ended = 0;
    const source = samplesSource(Int16Array.of(1, 2, 3), false, () => ended++);
    expect([...source.next(2)]).toEqual([1, 2]);
    expect([...source.next(2)]).toEqual([3, 0]);
    expect([...source.next(2)]).toEqual([0, 0]);
    expect(ended).toBe(1);
  });

  it('loops', () => {
    expect([...samplesSource(Int16Array.of(1, 2, 3), true).next(7)]).toEqual([1, 2, 3, 1, 2, 3, 1]);
  });
});
