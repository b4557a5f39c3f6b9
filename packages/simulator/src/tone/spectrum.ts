/** Samples in one look: 128 ms at 8 kHz, bins of 7.8 Hz. */
export const windowSize = 1024;

/** Power by frequency of one window of 8 kHz audio. */
export interface Spectrum {
  /** Root mean square, share of full scale. */
  readonly level: number;
  /** Frequency with the most power, in Hz. */
  readonly dominant: number;
  /** Share of the window's power within 20 Hz of `frequency`, 0 … 1. */
  share(frequency: number): number;
}

const sampleRate = 8000;
const binWidth = sampleRate / windowSize;
const reach = Math.ceil(20 / binWidth);
const hann = Float64Array.from({ length: windowSize }, (_, index) => {
  return 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / windowSize);
});

/** Analyses exactly `windowSize` samples. */
export function spectrumOf(samples: Int16Array): Spectrum {
  const real = new Float64Array(windowSize);
  const imaginary = new Float64Array(windowSize);
  let energy = 0;
  for (let index = 0; index < windowSize; index++) {
    const value = (samples[index] ?? 0) / 32768;
    energy += value * value;
    real[index] = value * hann[index]!;
  }
  transform(real, imaginary);
  const power = new Float64Array(windowSize / 2);
  let total = 0;
  let loudest = 1;
  // Bin 0 is the offset some codecs add; nobody hears it.
  for (let bin = 1; bin < power.length; bin++) {
    power[bin] = real[bin]! ** 2 + imaginary[bin]! ** 2;
    total += power[bin]!;
    if (power[bin]! > power[loudest]!) loudest = bin;
  }
  return {
    level: Math.sqrt(energy / windowSize),
    dominant: loudest * binWidth,
    share(frequency) {
      if (total === 0) return 0;
      const centre = Math.round(frequency / binWidth);
      let near = 0;
      for (let bin = Math.max(1, centre - reach); bin <= centre + reach; bin++) near += power[bin] ?? 0;
      return near / total;
    },
  };
}

/** In-place radix-2 Fourier transform (Cooley and Tukey). */
function transform(real: Float64Array, imaginary: Float64Array): void {
  reorder(real, imaginary);
  const size = real.length;
  for (let half = 1; half < size; half *= 2) {
    for (let offset = 0; offset < half; offset++) {
      const angle = (-Math.PI * offset) / half;
      const cos = Math.cos(angle);
      const sin = Math.sin(angle);
      for (let left = offset; left < size; left += 2 * half) {
        const right = left + half;
        const turnedReal = real[right]! * cos - imaginary[right]! * sin;
        const turnedImaginary = real[right]! * sin + imaginary[right]! * cos;
        real[right] = real[left]! - turnedReal;
        imaginary[right] = imaginary[left]! - turnedImaginary;
        real[left] = real[left]! + turnedReal;
        imaginary[left] = imaginary[left]! + turnedImaginary;
      }
    }
  }
}

function reorder(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  for (let index = 1, mirrored = 0; index < size; index++) {
    let bit = size >> 1;
    for (; mirrored & bit; bit >>= 1) mirrored ^= bit;
    mirrored ^= bit;
    if (index >= mirrored) continue;
    [real[index], real[mirrored]] = [real[mirrored]!, real[index]!];
    [imaginary[index], imaginary[mirrored]] = [imaginary[mirrored]!, imaginary[index]!];
  }
}
