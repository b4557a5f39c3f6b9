/** Endless 8 kHz mono PCM16, drawn frame by frame. */
export interface AudioSource {
  /** The next `count` samples. */
  next(count: number): Int16Array;
}

const sampleRate = 8000;

/** A pure tone. `amplitude` is a share of full scale. */
export function sineSource(frequency: number, amplitude = 0.3): AudioSource {
  let phase = 0;
  const step = (2 * Math.PI * frequency) / sampleRate;
  return {
    next(count) {
      const samples = new Int16Array(count);
      for (let index = 0; index < count; index++) {
        samples[index] = Math.round(Math.sin(phase) * amplitude * 32767);
        phase = (phase + step) % (2 * Math.PI);
      }
      return samples;
    },
  };
}

export const silenceSource: AudioSource = { next: (count) => new Int16Array(count) };

/** Plays `samples` once, or for ever, then silence; `onEnd` fires once when the last sample was drawn. */
export function samplesSource(samples: Int16Array, loop = false, onEnd?: () => void): AudioSource {
  let position = 0;
  let ended = false;
  return {
    next(count) {
      const frame = new Int16Array(count);
      for (let index = 0; index < count && position < samples.length; index++) {
        frame[index] = samples[position++]!;
        if (loop && position === samples.length) position = 0;
      }
      if (position >= samples.length && !ended && !loop) {
        ended = true;
        onEnd?.();
      }
      return frame;
    },
  };
}
