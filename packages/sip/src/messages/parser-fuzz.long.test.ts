import { readdirSync, readFileSync } from 'node:fs';
import { seededRandom } from '@amtsleitung/base/testing';
import { describe, expect, it } from 'vitest';
import { createResponse, parseMessage, printMessage } from '../index.ts';
import { StreamParser } from './stream-parser.ts';

const folder = new URL('../../testdata/rfc4475/', import.meta.url);
const corpus = readdirSync(folder).map((name) => readFileSync(new URL(name, folder)));
const tokens = ['\r\n', '\r\n\r\n', ';', ',', '"', '<', '>', '\\', '%00', '\u0000', '__proto__', ':', ' ', '@', '🏛'];
const mutationsPerSeed = 200_000;

describe('mutated torture messages', () => {
  it.each([1, 2, 3, 4, 5])('never throw, stay quick, and what is read prints readable (seed %s)', (seed) => {
    const random = seededRandom(seed);
    let slowest = 0;
    for (let run = 0; run < mutationsPerSeed; run++) {
      let bytes: Buffer = corpus[random.integer(corpus.length)]!;
      for (let count = random.integer(4); count >= 0; count--) {
        const at = random.integer(bytes.length + 1);
        const token = Buffer.from(tokens[random.integer(tokens.length)]!.repeat(1 + random.integer(3)));
        const tail = bytes.subarray(Math.min(bytes.length, at + random.integer(8)));
        bytes = Buffer.concat([bytes.subarray(0, at), random.integer(4) === 0 ? Buffer.alloc(0) : token, tail]);
      }
      const started = performance.now();
      const outcome = parseMessage(bytes);
      new StreamParser().push(bytes);
      slowest = Math.max(slowest, performance.now() - started);
      if (outcome.kind === 'unreadable') printMessage(createResponse(outcome.request, outcome.status));
      if (outcome.kind === 'message') expect(parseMessage(printMessage(outcome.message)).kind).toBe('message');
    }
    expect(slowest).toBeLessThan(200);
  });
});
