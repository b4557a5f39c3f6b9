import { writeFileSync } from 'node:fs';

const rate = 48_000;
const headerLength = 44;

/** Writes one second of a tone as 48 kHz mono WAV: whole hertz repeat without a click, as Chromium loops its fake microphone. */
export function writeToneFile(path: string, frequency: number, amplitude = 0.3): void {
  const file = Buffer.alloc(headerLength + rate * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(rate * 2, 40);
  for (let index = 0; index < rate; index++) {
    const value = Math.sin((2 * Math.PI * frequency * index) / rate) * amplitude * 32767;
    file.writeInt16LE(Math.round(value), headerLength + index * 2);
  }
  writeFileSync(path, file);
}
