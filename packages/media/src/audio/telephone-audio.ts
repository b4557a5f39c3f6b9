/** What a G.711 leg works in: 8 kHz, frames of 20 ms. */
export const sampleRate = 8000;
export const frameMilliseconds = 20;
export const frameSamples = 160;

export const samplesOf = (milliseconds: number): number => Math.round((milliseconds * sampleRate) / 1000);
export const millisecondsOf = (samples: number): number => Math.round((samples * 1000) / sampleRate);
