// Renders what the demo's citizens say: `node scripts/run.mjs scripts/prompts/render-citizens.ts`. Needs espeak-ng.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printWav } from '@amtsleitung/media';

const target = fileURLToPath(new URL('../../assets/citizen/', import.meta.url));

/** File name → voice, words per minute and sentence. */
const sentences = {
  '1-umzug': ['de', 150, 'Guten Tag, ich möchte meine Wohnung ummelden. Welche Unterlagen brauche ich dafür?'],
  '2-ausweis': [
    'de+f2',
    155,
    'Guten Morgen, mein Personalausweis läuft nächsten Monat ab. Bekomme ich noch einen Termin?',
  ],
  '3-hund': ['de+m3', 145, 'Hallo, wir haben seit gestern einen Hund. Wo melde ich ihn an, und was kostet das?'],
  '4-angeln': [
    'de+m5',
    150,
    'Guten Tag, mein Sohn möchte angeln gehen. Stellen Sie auch Fischereischeine für Jugendliche aus?',
  ],
  '5-laterne': [
    'de+f4',
    150,
    'Guten Abend, in der Lindenstraße ist seit drei Tagen die Straßenlaterne dunkel. Wer kümmert sich darum?',
  ],
  '6-heirat': ['de+f3', 155, 'Guten Tag, wir möchten im Juni heiraten. Wann müssen wir uns beim Standesamt anmelden?'],
} as const;

const wantedRate = 8000;
const reach = 24;

/** Band-limited to 3.4 kHz by a windowed sinc, as a telephone line would. */
function toTelephone(samples: Int16Array, rate: number): Int16Array {
  const cutoff = (2 * 3400) / rate;
  const target = new Int16Array(Math.floor((samples.length * wantedRate) / rate));
  for (let index = 0; index < target.length; index++) {
    const centre = (index * rate) / wantedRate;
    let sum = 0;
    for (let at = Math.ceil(centre - reach); at <= centre + reach; at++) {
      const distance = at - centre;
      const sinc = distance === 0 ? cutoff : Math.sin(Math.PI * cutoff * distance) / (Math.PI * distance);
      sum += (samples[at] ?? 0) * sinc * (0.5 + 0.5 * Math.cos((Math.PI * distance) / reach));
    }
    target[index] = Math.max(-32768, Math.min(32767, Math.round(sum)));
  }
  return target;
}

/** espeak-ng writes the plain 44-byte header. */
function readSpoken(file: string): { readonly rate: number; readonly samples: Int16Array } {
  const bytes = readFileSync(file);
  const samples = Int16Array.from({ length: (bytes.length - 44) >> 1 }, (_, index) =>
    bytes.readInt16LE(44 + index * 2),
  );
  return { rate: bytes.readUInt32LE(24), samples };
}

const folder = mkdtempSync(join(tmpdir(), 'citizens-'));
try {
  mkdirSync(target, { recursive: true });
  for (const [name, [voice, speed, sentence]] of Object.entries(sentences)) {
    const spoken = join(folder, `${name}.wav`);
    execFileSync('espeak-ng', ['-v', voice, '-s', String(speed), '-w', spoken, sentence]);
    const { rate, samples } = readSpoken(spoken);
    writeFileSync(join(target, `${name}.wav`), printWav(toTelephone(samples, rate)));
  }
} finally {
  rmSync(folder, { recursive: true });
}
