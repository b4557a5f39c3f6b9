import { describe, expect, it } from 'vitest';
import { samplesOf } from './telephone-audio.ts';
import { generateTone } from './tone.ts';
import { VoiceActivity } from './voice-activity.ts';

/** Hears `frames` of 20 ms, one of them silent every third time. */
function heard(sound: Int16Array): VoiceActivity {
  const activity = new VoiceActivity();
  for (let at = 0; at + 160 <= sound.length; at += 160) activity.hear(sound.subarray(at, at + 160), at);
  return activity;
}

const joined = (...parts: readonly Int16Array[]): Int16Array => Int16Array.from(parts.flatMap((part) => [...part]));

const silence = (milliseconds: number): Int16Array => new Int16Array(samplesOf(milliseconds));

describe('voice activity', () => {
  it('counts sound, leaves pauses and the background out, and knows where the last of it was', () => {
    const hum = generateTone([180], 1000, -50);
    const activity = heard(
      joined(silence(400), generateTone([300, 900], 600, -20), hum, generateTone([700], 200, -30), hum),
    );
    expect(activity.milliseconds).toBe(800);
    expect(activity.end).toBe(samplesOf(400 + 600 + 1000 + 200));
  });

  it('takes the busy tone of a line for silence', () => {
    const busy = generateTone([425], 480, -10);
    const activity = heard(joined(generateTone([300, 900], 1000, -20), busy, silence(480), busy, silence(480)));
    expect(activity.milliseconds).toBe(1000);
    expect(activity.end).toBe(samplesOf(1000));
  });

  it('of nothing is nothing', () => {
    expect(heard(silence(5000))).toMatchObject({ milliseconds: 0, end: 0 });
  });
});
