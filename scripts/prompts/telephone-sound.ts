import { levelOf, amplify, sampleRate } from '@amtsleitung/media';

/** Half length of the resampling filter, in source samples. */
const reach = 48;
const telephoneLimit = 3400;
const rumbleLimit = 140;

/** Down to 8 kHz, with nothing above what a telephone carries: a windowed sinc. */
export function toTelephoneRate(samples: Int16Array, rate: number): Int16Array {
  const cutoff = (2 * telephoneLimit) / rate;
  return Int16Array.from({ length: Math.floor((samples.length * sampleRate) / rate) }, (_, index) => {
    const centre = (index * rate) / sampleRate;
    let sum = 0;
    for (let at = Math.ceil(centre - reach); at <= centre + reach; at++) {
      const distance = at - centre;
      const sinc = distance === 0 ? cutoff : Math.sin(Math.PI * cutoff * distance) / (Math.PI * distance);
      sum += (samples[at] ?? 0) * sinc * blackman(distance / reach);
    }
    return clip(sum);
  });
}

const blackman = (x: number): number => 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);

/** Takes out rumble below the voice, which a small loudspeaker turns into a buzz. Second order, Butterworth. */
export function withoutRumble(samples: Int16Array): Int16Array {
  const omega = Math.tan((Math.PI * rumbleLimit) / sampleRate);
  const norm = 1 / (1 + Math.SQRT2 * omega + omega * omega);
  const feedback = [2 * (omega * omega - 1) * norm, (1 - Math.SQRT2 * omega + omega * omega) * norm] as const;
  let [in1, in2, out1, out2] = [0, 0, 0, 0];
  return samples.map((sample) => {
    const out = norm * (sample - 2 * in1 + in2) - feedback[0] * out1 - feedback[1] * out2;
    [in2, in1, out2, out1] = [in1, sample, out1, out];
    return clip(out);
  });
}

/** Without the silence around it, but for `lead` and `tail` milliseconds. */
export function trimmed(samples: Int16Array, lead: number, tail: number): Int16Array {
  const threshold = 200;
  const first = samples.findIndex((sample) => Math.abs(sample) > threshold);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > threshold);
  const from = Math.max(0, first - (lead * sampleRate) / 1000);
  const length = last + 1 - from + (tail * sampleRate) / 1000;
  const result = new Int16Array(length);
  result.set(samples.subarray(from, Math.min(last + 1 + (tail * sampleRate) / 1000, samples.length)));
  return result;
}

/** As loud as every other prompt: −20 dBFS while somebody speaks, and never so loud that it clips. */
export function levelled(samples: Int16Array, level = -20, peakLimit = -3): Int16Array {
  const window = sampleRate / 50;
  const loud: number[] = [];
  for (let start = 0; start + window <= samples.length; start += window) {
    const part = samples.subarray(start, start + window);
    if (levelOf(part) > -45) loud.push(...part);
  }
  const speech = levelOf(Int16Array.from(loud));
  const peak = 20 * Math.log10(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1) / 32768);
  return amplify(samples, Math.min(level - speech, peakLimit - peak));
}

const clip = (value: number): number => Math.max(-32768, Math.min(32767, Math.round(value)));
