import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StreamParser } from './stream-parser.ts';
import type { StreamItem } from './stream-parser.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

const message = (callId: string, body: string) =>
  `MESSAGE sip:a@b.test SIP/2.0\r\nVia: SIP/2.0/TCP c.test;branch=z9hG4bK1\r\nFrom: <sip:a@b.test>;tag=1\r\n` +
  `To: <sip:c@d.test>\r\nCall-ID: ${callId}\r\nCSeq: 1 MESSAGE\r\nl: ${bytes(body).length}\r\n\r\n${body}`;

const told = (items: readonly StreamItem[]) =>
  items.map((item) =>
    item.kind === 'message' ? item.message.headers.find((header) => header.name === 'Call-ID')!.value : item.kind,
  );

/** Three messages, one with a body that looks like a message, a ping in between, line breaks before. */
const stream = bytes(
  `\r\n${message('one', '')}${message('two', `\r\n\r\n${message('inside', '')}`)}\r\n\r\n${message('drei', 'äöü €')}`,
);
const expected = ['one', 'two', 'ping', 'drei'];

describe('StreamParser', () => {
  it('reads pipelined messages in one chunk', () => {
    expect(told(new StreamParser().push(stream))).toEqual(expected);
  });

  it('reads the same when cut at any byte', () => {
    for (let cut = 0; cut <= stream.length; cut++) {
      const parser = new StreamParser();
      const items = [...parser.push(stream.subarray(0, cut)), ...parser.push(stream.subarray(cut))];
      expect(told(items), `cut at ${cut}`).toEqual(expected);
      expect(parser.isWaiting).toBe(false);
    }
  });

  it('reads the same when it comes byte by byte, or in any chunks', () => {
    const inChunks = (sizes: readonly number[]) => {
      const parser = new StreamParser();
      const items: StreamItem[] = [];
      let at = 0;
      for (const size of sizes) {
        items.push(...parser.push(stream.subarray(at, at + size)));
        at += size;
      }
      return told([...items, ...parser.push(stream.subarray(at))]);
    };
    expect(inChunks(Array(stream.length).fill(1))).toEqual(expected);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 80 }), { maxLength: 60 }), (sizes) => {
        expect(inChunks(sizes)).toEqual(expected);
      }),
    );
  });

  it.each([
    ['no Content-Length', 'OPTIONS sip:a SIP/2.0\r\nVia: x\r\n\r\n'],
    ['two Content-Lengths', 'OPTIONS sip:a SIP/2.0\r\nContent-Length: 0\r\nl: 5\r\n\r\n'],
    ['a negative one', 'OPTIONS sip:a SIP/2.0\r\nContent-Length: -1\r\n\r\n'],
    ['a huge one', 'OPTIONS sip:a SIP/2.0\r\nContent-Length: 4000000000\r\n\r\n'],
    ['headers without end', `OPTIONS sip:a SIP/2.0\r\nX: ${'a'.repeat(70_000)}`],
  ])('%s breaks the stream for good', (_what, text) => {
    const parser = new StreamParser();
    expect(told(parser.push(bytes(text)))).toEqual(['broken']);
    expect(parser.push(stream)).toEqual([]);
    expect(parser.isWaiting).toBe(false);
  });

  it('never throws and never holds more than one message, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (chunks) => {
        const parser = new StreamParser();
        for (const chunk of chunks) parser.push(chunk);
      }),
    );
  });
});
