import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseWav } from '@amtsleitung/media';

const folder = fileURLToPath(new URL('../../../../assets/citizen/', import.meta.url));

/** What the demo's citizens say: 8 kHz samples of every sentence in `assets/citizen`, in order of their names. */
export function spokenSentences(): readonly Int16Array[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.wav'))
    .sort()
    .map((file) => parseWav(readFileSync(join(folder, file))));
}

/** The sentence again and again with a pause, as somebody speaks who is not sure to be heard. */
export function repeated(sentence: Int16Array, pauseMilliseconds: number): Int16Array {
  const samples = new Int16Array(sentence.length + pauseMilliseconds * 8);
  samples.set(sentence);
  return samples;
}
