// Composes the music for waiting callers and the tones: `node scripts/run.mjs scripts/prompts/compose-music.ts`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { amplify, generateTone, levelOf, printWav, sampleRate } from '@amtsleitung/media';

/** Beats per minute; a beat is a whole number of samples, so that the piece joins up with itself. */
const beatSamples = 6720;
const beatsPerBar = 4;
/** Nothing above goes through a telephone. */
const highestPartial = 3300;
const waitingLevel = -20;

/** One bar each: bass note and chord as MIDI numbers. Two verses that end differently. */
const bars: readonly { readonly bass: number; readonly chord: readonly number[] }[] = [
  { bass: 50, chord: [62, 66, 69, 73] },
  { bass: 47, chord: [62, 66, 69, 71] },
  { bass: 43, chord: [59, 62, 66, 71] },
  { bass: 45, chord: [61, 64, 69, 71] },
  { bass: 54, chord: [61, 66, 69, 73] },
  { bass: 52, chord: [59, 64, 67, 71] },
  { bass: 45, chord: [62, 64, 69, 74] },
  { bass: 45, chord: [61, 64, 69, 73] },
  { bass: 50, chord: [62, 66, 69, 73] },
  { bass: 47, chord: [62, 66, 69, 71] },
  { bass: 52, chord: [62, 64, 67, 71] },
  { bass: 54, chord: [61, 64, 69, 73] },
  { bass: 55, chord: [62, 66, 71, 74] },
  { bass: 54, chord: [61, 66, 69, 73] },
  { bass: 52, chord: [59, 64, 67, 74] },
  { bass: 45, chord: [62, 64, 69, 71] },
  { bass: 43, chord: [59, 62, 66, 69] },
  { bass: 45, chord: [61, 64, 69, 71] },
  { bass: 47, chord: [62, 66, 69, 74] },
  { bass: 45, chord: [61, 64, 67, 73] },
];

/** A voice over it: beat from the start of a four-bar group, length in beats, MIDI number. */
const melodies: readonly (readonly (readonly [beat: number, beats: number, note: number])[])[] = [
  [
    [2, 1.5, 78],
    [3.5, 0.5, 76],
    [4, 2, 74],
    [7, 1, 73],
    [8, 3, 74],
    [12, 1.5, 76],
    [13.5, 2, 73],
  ],
  [
    [1, 1, 76],
    [2, 2, 78],
    [5, 1, 79],
    [6, 1.5, 76],
    [8, 2, 78],
    [11, 1, 76],
    [12, 3, 74],
  ],
  [
    [0, 1.5, 81],
    [2, 2, 78],
    [4, 1, 76],
    [5, 2, 74],
    [8, 2, 79],
    [10, 1.5, 78],
    [12, 3, 76],
  ],
  [
    [2, 2, 81],
    [4, 1.5, 79],
    [6, 1.5, 78],
    [8, 3, 76],
    [13, 1, 78],
    [14, 1.5, 76],
  ],
  [
    [1, 2, 74],
    [4, 2, 73],
    [8, 1.5, 74],
    [10, 2, 78],
    [13, 2, 76],
  ],
];

const frequencyOf = (note: number): number => 440 * 2 ** ((note - 69) / 12);

/** The piece lies on a ring: what rings on after the end is heard at the beginning. */
const ring = new Float64Array(bars.length * beatsPerBar * beatSamples);

interface Voice {
  /** Loudness of the fundamental and its overtones. */
  readonly partials: readonly number[];
  readonly attackSeconds: number;
  /** Time in which the sound falls to a third; higher partials fall faster. */
  readonly decaySeconds: number;
  /** How long it is held before it only fades. */
  readonly releaseSeconds: number;
}

const piano: Voice = { partials: [1, 0.32, 0.12, 0.05], attackSeconds: 0.012, decaySeconds: 1.1, releaseSeconds: 0.5 };
const pad: Voice = { partials: [1, 0.18, 0.08], attackSeconds: 0.9, decaySeconds: 6, releaseSeconds: 0.9 };
const bass: Voice = { partials: [0.8, 0.7, 0.3, 0.12], attackSeconds: 0.03, decaySeconds: 1.8, releaseSeconds: 0.4 };
const flute: Voice = { partials: [1, 0.22, 0.06], attackSeconds: 0.08, decaySeconds: 3.5, releaseSeconds: 0.35 };

function play(voice: Voice, note: number, beat: number, beats: number, loudness: number): void {
  const start = Math.round(beat * beatSamples);
  const held = (beats * beatSamples) / sampleRate;
  const length = Math.round((held + voice.releaseSeconds * 4) * sampleRate);
  voice.partials.forEach((strength, index) => {
    const frequency = frequencyOf(note) * (index + 1);
    if (frequency > highestPartial) return;
    const step = (2 * Math.PI * frequency) / sampleRate;
    for (let at = 0; at < length; at++) {
      const seconds = at / sampleRate;
      const attack = Math.min(1, seconds / voice.attackSeconds);
      const decay = Math.exp((-seconds * (1 + index * 0.6)) / voice.decaySeconds);
      const release = seconds < held ? 1 : Math.exp((held - seconds) / voice.releaseSeconds);
      const envelope = Math.sin((attack * Math.PI) / 2) * decay * release;
      ring[(start + at) % ring.length]! += Math.sin(step * at) * strength * loudness * envelope;
    }
  });
}

function compose(): void {
  bars.forEach(({ bass: root, chord }, bar) => {
    const beat = bar * beatsPerBar;
    play(bass, root, beat, 2.5, 0.34);
    play(bass, root + (bar % 2 === 0 ? 7 : 0), beat + 2.5, 1.5, 0.2);
    for (const note of chord) play(pad, note, beat, beatsPerBar, 0.09);
    // Broken chords, up and half-way down again, a little softer off the beat.
    [0, 1, 2, 3, 2, 1, 2, 3].forEach((step, eighth) =>
      play(
        piano,
        chord[step]! + (eighth === 3 || eighth === 7 ? 12 : 0),
        beat + eighth / 2,
        0.9,
        eighth % 2 === 0 ? 0.17 : 0.12,
      ),
    );
  });
  melodies.forEach((melody, group) => {
    for (const [beat, beats, note] of melody) play(flute, note, group * 4 * beatsPerBar + beat, beats, 0.2);
  });
}

/** A small room: four echoes that each come round the ring as well. */
function inRoom(): Float64Array {
  const echoes = [
    [0.031, 0.22],
    [0.057, 0.18],
    [0.089, 0.14],
    [0.137, 0.1],
  ] as const;
  return ring.map((sample, at) =>
    echoes.reduce((sum, [seconds, strength]) => {
      const from = at - Math.round(seconds * sampleRate);
      return sum + strength * ring[(from + ring.length) % ring.length]!;
    }, sample),
  );
}

function waitingMusic(): Int16Array {
  compose();
  const wet = inRoom();
  const peak = wet.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const samples = Int16Array.from(wet, (sample) => Math.round((sample / peak) * 20_000));
  return amplify(samples, waitingLevel - levelOf(samples));
}

/** German call progress tones: 425 Hz, one second in five for ringing, 480 ms on and off for busy. */
const cadence = (onMilliseconds: number, offMilliseconds: number, times: number): Int16Array => {
  const on = generateTone([425], onMilliseconds, -13);
  const period = on.length + (offMilliseconds * sampleRate) / 1000;
  const samples = new Int16Array(period * times);
  for (let at = 0; at < times; at++) samples.set(on, at * period);
  return samples;
};

const assets = fileURLToPath(new URL('../../assets/', import.meta.url));
const store = (folder: string, name: string, samples: Int16Array): void => {
  mkdirSync(join(assets, folder), { recursive: true });
  writeFileSync(join(assets, folder, `${name}.wav`), printWav(samples));
};

store('music', 'waiting', waitingMusic());
store('tones', 'ringback-de', cadence(1000, 4000, 1));
store('tones', 'busy-de', cadence(480, 480, 4));
store('tones', 'message-beep', generateTone([850], 400, -12, 15));
