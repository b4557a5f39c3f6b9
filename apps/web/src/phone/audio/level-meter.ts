/** How loud a stream is right now, 0 to 1 (−60 dB to full scale). */
export interface LevelMeter {
  read(): number;
  close(): void;
}

export function createLevelMeter(stream: MediaStream): LevelMeter {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    read: () => {
      analyser.getFloatTimeDomainData(samples);
      return levelOf(samples);
    },
    close: () => void context.close(),
  };
}

/** Root mean square on a scale of 60 dB. */
export function levelOf(samples: Float32Array): number {
  const square = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  if (square === 0) return 0;
  return Math.min(1, Math.max(0, 1 + (10 * Math.log10(square)) / 60));
}
