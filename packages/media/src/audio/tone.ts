import { gainOf } from './level.ts';
import { sampleRate } from './telephone-audio.ts';

/** A sound of one or several sines with continuous phase. */
export class ToneGenerator {
  readonly #steps: readonly number[];
  readonly #amplitude: number;
  #position = 0;

  /** `frequencies` in hertz; each sine is `level` dB below full scale. */
  constructor(frequencies: readonly number[], level = -12) {
    this.#steps = frequencies.map((frequency) => (2 * Math.PI * frequency) / sampleRate);
    this.#amplitude = 32767 * gainOf(level);
  }

  /** Fills `target` with the next samples. */
  read(target: Int16Array): Int16Array {
    for (let index = 0; index < target.length; index++) {
      let sum = 0;
      for (const step of this.#steps) sum += Math.sin(step * this.#position);
      target[index] = Math.max(-32768, Math.min(32767, Math.round(sum * this.#amplitude)));
      this.#position++;
    }
    return target;
  }
}

/** `milliseconds` of the tone, faded in and out over `fade` milliseconds so that it does not click. */
export function generateTone(frequencies: readonly number[], milliseconds: number, level = -12, fade = 5): Int16Array {
  const samples = new ToneGenerator(frequencies, level).read(new Int16Array((milliseconds * sampleRate) / 1000));
  const ramp = Math.min((fade * sampleRate) / 1000, samples.length / 2);
  for (let index = 0; index < ramp; index++) {
    const gain = 0.5 - 0.5 * Math.cos((Math.PI * index) / ramp);
    samples[index] = Math.round(samples[index]! * gain);
    samples[samples.length - 1 - index] = Math.round(samples[samples.length - 1 - index]! * gain);
  }
  return samples;
}
