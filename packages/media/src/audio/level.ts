const fullScale = 32768;

const clip = (value: number): number => Math.max(-fullScale, Math.min(fullScale - 1, Math.round(value)));

/** Root mean square in dB below full scale (a full-scale square wave is 0); −Infinity for silence. */
export function levelOf(samples: Int16Array): number {
  if (samples.length === 0) return Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return 10 * Math.log10(sum / samples.length / (fullScale * fullScale));
}

export const gainOf = (decibels: number): number => 10 ** (decibels / 20);

/** A copy, louder by `decibels`, clipped at full scale. */
export function amplify(samples: Int16Array, decibels: number): Int16Array {
  const gain = gainOf(decibels);
  return samples.map((sample) => clip(sample * gain));
}

/** Adds `source` times `gain` to `target` from `offset` on, clipped at full scale. */
export function mixInto(target: Int16Array, source: Int16Array, gain = 1, offset = 0): void {
  const end = Math.min(source.length, target.length - offset);
  for (let index = 0; index < end; index++)
    target[offset + index] = clip(target[offset + index]! + source[index]! * gain);
}
