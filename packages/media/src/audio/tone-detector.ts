import { sampleRate } from './telephone-audio.ts';

/** The share of the energy of `samples` that lies at `frequency`, 0 to 1. Goertzel's algorithm. */
export function toneShare(samples: Int16Array, frequency: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequency) / sampleRate);
  let [previous, beforePrevious, energy] = [0, 0, 0];
  for (const sample of samples) {
    const current = sample + coefficient * previous - beforePrevious;
    beforePrevious = previous;
    previous = current;
    energy += sample * sample;
  }
  if (energy === 0) return 0;
  const power = previous * previous + beforePrevious * beforePrevious - coefficient * previous * beforePrevious;
  return Math.min(1, (2 * power) / (samples.length * energy));
}

export interface ToneDetectorOptions {
  /** Samples looked at together; default 800 (100 ms, resolves 10 Hz). */
  readonly window?: number;
  /** Share of the energy that makes a tone; default 0.6. */
  readonly share?: number;
  /** Mean amplitude below which a window is silence; default 50 of 32767. */
  readonly silence?: number;
}

/** Tells which of the given tones a stream of samples carries, window by window. */
export class ToneDetector {
  readonly #frequencies: readonly number[];
  readonly #window: Int16Array;
  readonly #share: number;
  readonly #silence: number;
  #filled = 0;

  constructor(frequencies: readonly number[], options: ToneDetectorOptions = {}) {
    this.#frequencies = frequencies;
    this.#window = new Int16Array(options.window ?? 800);
    this.#share = options.share ?? 0.6;
    this.#silence = options.silence ?? 50;
  }

  /** One entry per window that became full: the tone's frequency, `silence`, or `other` sound. */
  push(samples: Int16Array): readonly (number | 'silence' | 'other')[] {
    const found: (number | 'silence' | 'other')[] = [];
    for (const sample of samples) {
      this.#window[this.#filled++] = sample;
      if (this.#filled < this.#window.length) continue;
      this.#filled = 0;
      found.push(this.#judge());
    }
    return found;
  }

  #judge(): number | 'silence' | 'other' {
    const sum = this.#window.reduce((total, sample) => total + Math.abs(sample), 0);
    if (sum / this.#window.length < this.#silence) return 'silence';
    return this.#frequencies.find((frequency) => toneShare(this.#window, frequency) >= this.#share) ?? 'other';
  }
}
