import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseMessage, printMessage } from '../index.ts';
import { answerTo, isAsAsked, tortureBytes, tortureVectors } from '../testing/index.ts';

const folder = (name: string) => new URL(`../../testdata/${name}/`, import.meta.url);
const named = (rfc: number) => tortureVectors.filter((vector) => vector.rfc === rfc).map(({ name }) => name);

describe('torture messages', () => {
  it('are complete: 49 of RFC 4475, 12 of RFC 5118', () => {
    expect([named(4475).length, named(5118).length]).toEqual([49, 12]);
    expect(readdirSync(folder('rfc4475')).sort()).toEqual(
      named(4475)
        .map((name) => `${name}.dat`)
        .sort(),
    );
    expect(readdirSync(folder('rfc5118')).sort()).toEqual(named(5118).sort());
  });

  describe.each(['open', 'authenticated'] as const)('before an %s user agent', (profile) => {
    it.each(tortureVectors.filter(({ rfc }) => rfc === 4475))('RFC 4475 §3: §$section $name', async (vector) => {
      const given = await answerTo(tortureBytes(vector), profile);
      expect([vector.name, given, isAsAsked(vector, profile, given)]).toEqual([vector.name, given, true]);
    });

    it.each(tortureVectors.filter(({ rfc }) => rfc === 5118))('RFC 5118 §4: §$section $name', async (vector) => {
      const given = await answerTo(tortureBytes(vector), profile);
      expect([vector.name, given, isAsAsked(vector, profile, given)]).toEqual([vector.name, given, true]);
    });
  });

  it.each(tortureVectors)('$name, if readable, means the same when printed and read again', (vector) => {
    const first = parseMessage(tortureBytes(vector));
    if (first.kind !== 'message') return;
    const second = parseMessage(printMessage(first.message));
    expect(second.kind).toBe('message');
    if (second.kind !== 'message') return;
    const rest = (one: typeof first.message) => one.headers.filter((header) => header.name !== 'Content-Length');
    expect(rest(second.message)).toEqual(rest(first.message));
    expect(Buffer.from(second.message.body).equals(Buffer.from(first.message.body))).toBe(true);
  });
});
