// Renders every prompt and spoken number: `npm run prompts`. Needs the program espeak-ng; running the house does not.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printWav } from '@amtsleitung/media';
import { highestNumber, promptTexts } from './prompt-texts.ts';
import { levelled, toTelephoneRate, trimmed, withoutRumble } from './telephone-sound.ts';

type Language = 'de' | 'en';

interface Manner {
  readonly voice: string;
  readonly wordsPerMinute: number;
  /** 0 to 99. */
  readonly pitch: number;
  /** Pause between words in hundredths of a second. */
  readonly gap: number;
}

/** A little slower and lower than the program's own choice: calmer, and easier to follow on the telephone. */
const manners: Readonly<Record<Language, Manner>> = {
  de: { voice: 'de+f2', wordsPerMinute: 150, pitch: 40, gap: 0 },
  en: { voice: 'en-gb+f2', wordsPerMinute: 150, pitch: 40, gap: 0 },
};

const assets = fileURLToPath(new URL('../../assets/prompts/', import.meta.url));
const workshop = mkdtempSync(join(tmpdir(), 'prompts-'));

function speak(text: string, { voice, wordsPerMinute, pitch, gap }: Manner): { rate: number; samples: Int16Array } {
  const file = join(workshop, 'spoken.wav');
  const manner = ['-v', voice, '-s', String(wordsPerMinute), '-p', String(pitch), '-g', String(gap)];
  execFileSync('espeak-ng', [...manner, '-w', file, text]);
  const bytes = readFileSync(file);
  // The program writes the plain 44-byte header.
  const samples = Int16Array.from({ length: (bytes.length - 44) >> 1 }, (_, index) =>
    bytes.readInt16LE(44 + 2 * index),
  );
  return { rate: bytes.readUInt32LE(24), samples };
}

function render(language: Language, name: string, text: string, tailMilliseconds: number): void {
  const { rate, samples } = speak(text, manners[language]);
  const sound = trimmed(levelled(withoutRumble(toTelephoneRate(samples, rate))), 30, tailMilliseconds);
  writeFileSync(join(assets, language, `${name}.wav`), printWav(sound));
}

try {
  for (const language of ['de', 'en'] as const) {
    mkdirSync(join(assets, language), { recursive: true });
    for (const [name, text] of Object.entries(promptTexts[language])) render(language, name, text, 250);
    for (let number = 0; number <= highestNumber; number++) render(language, `number-${number}`, String(number), 30);
  }
} finally {
  rmSync(workshop, { recursive: true });
}
