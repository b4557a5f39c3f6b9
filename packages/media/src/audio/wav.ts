import { sampleRate } from './telephone-audio.ts';

/** Why a WAV file cannot be played. */
export class WavError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WavError';
  }
}

export const wavHeaderLength = 44;
const pcmFormat = 1;
const bytesPerSample = 2;

/** The samples of an 8 kHz mono PCM16 WAV file. Throws `WavError` for anything else. */
export function parseWav(file: Uint8Array): Int16Array {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    throw new WavError('not a WAV file');
  let formatKnown = false;
  for (let start = 12; start + 8 <= bytes.length;) {
    const name = bytes.toString('latin1', start, start + 4);
    const length = bytes.readUInt32LE(start + 4);
    const body = bytes.subarray(start + 8, start + 8 + length);
    if (name === 'fmt ') formatKnown = checkFormat(body);
    if (name === 'data' && formatKnown) return samplesOfData(body, length);
    // Chunks are padded to even length.
    start += 8 + length + (length & 1);
  }
  throw new WavError('no samples in the WAV file');
}

function checkFormat(body: Buffer): true {
  if (body.length < 16) throw new WavError('format chunk too short');
  const [format, channels, rate, bits] = [0, 2, 4, 14].map((at) =>
    at === 4 ? body.readUInt32LE(at) : body.readUInt16LE(at),
  );
  if (format !== pcmFormat || channels !== 1 || rate !== sampleRate || bits !== 16)
    throw new WavError('not 8 kHz mono 16-bit PCM');
  return true;
}

function samplesOfData(body: Buffer, announced: number): Int16Array {
  if (body.length < announced) throw new WavError('WAV file is cut off');
  const samples = new Int16Array(body.length >> 1);
  for (let index = 0; index < samples.length; index++) samples[index] = body.readInt16LE(index * bytesPerSample);
  return samples;
}

/** The 44 bytes before `dataBytes` bytes of 8 kHz mono PCM16. */
export function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(wavHeaderLength);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(wavHeaderLength - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(pcmFormat, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * bytesPerSample, 28);
  header.writeUInt16LE(bytesPerSample, 32);
  header.writeUInt16LE(bytesPerSample * 8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** Little-endian bytes of the samples. */
export function printSamples(samples: Int16Array): Buffer {
  const bytes = Buffer.alloc(samples.length * bytesPerSample);
  samples.forEach((sample, index) => bytes.writeInt16LE(sample, index * bytesPerSample));
  return bytes;
}

export function printWav(samples: Int16Array): Buffer {
  return Buffer.concat([wavHeader(samples.length * bytesPerSample), printSamples(samples)]);
}
