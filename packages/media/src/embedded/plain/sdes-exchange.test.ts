import { seededRandom } from '@amtsleitung/base/testing';
import { describe, expect, it } from 'vitest';
import { SdpError } from '../../sdp/sdp-error.ts';
import { SdesExchange } from './sdes-exchange.ts';

const open = (seed: number): SdesExchange => new SdesExchange(seededRandom(seed));

/** Two sides after one offer and answer. */
function agreed(): readonly [SdesExchange, SdesExchange] {
  const [caller, callee] = [open(1), open(2)];
  caller.accept([callee.answer(caller.offer())]);
  return [caller, callee];
}

describe('keys in offer and answer', () => {
  it('RFC 4568 §5.1.1: the offer names all suites, the stronger first, each with a key of its own', () => {
    const [first, second] = open(1).offer();
    expect([first!.suite, second!.suite]).toEqual(['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32']);
    expect(first!.key).toHaveLength(30);
    expect(first!.key.equals(second!.key)).toBe(false);
  });

  it('RFC 4568 §5.1.2: the answer takes one line with its tag and suite, and a key of its own', () => {
    const offered = open(1).offer();
    const answer = open(2).answer([{ ...offered[1]!, tag: 7 }, offered[0]!]);
    expect(answer).toMatchObject({ tag: 7, suite: 'AES_CM_128_HMAC_SHA1_32' });
    expect(answer.key.equals(offered[1]!.key)).toBe(false);
  });

  it('lets each side read what the other writes', () => {
    const [caller, callee] = agreed();
    expect(caller.agreement?.send).toEqual(callee.agreement?.receive);
    expect(callee.agreement?.send).toEqual(caller.agreement?.receive);
    expect(caller.agreement?.send.key).toHaveLength(16);
    expect(caller.agreement?.send.salt).toHaveLength(14);
  });

  it('keeps our key in holds and refreshes, whoever asks', () => {
    const [caller, callee] = agreed();
    const before = caller.agreement;
    callee.accept([caller.answer(callee.offer())]);
    caller.accept([callee.answer(caller.offer())]);
    expect(caller.agreement).toEqual(before);
    expect(caller.offer()).toHaveLength(1);
  });

  it('follows a far side that changes its key, or answers twice (183, then 200)', () => {
    const [caller, callee] = [open(1), open(2)];
    const offer = caller.offer();
    caller.accept([callee.answer(offer)]);
    caller.accept([open(3).answer(offer)]);
    expect(caller.agreement?.receive).not.toEqual(callee.agreement?.send);
    expect(caller.agreement?.send).toEqual(callee.agreement?.receive);
  });

  it.each([
    ['no line', () => []],
    ['a tag that was not offered', (offer) => [{ ...offer[0]!, tag: 9 }]],
    ['another suite for the tag', (offer) => [{ ...offer[0]!, suite: offer[1]!.suite }]],
    ['two lines', (offer) => offer],
  ] satisfies [string, (offer: ReturnType<SdesExchange['offer']>) => ReturnType<SdesExchange['offer']>][])(
    'RFC 4568 §5.1.3: an answer with %s is refused and changes nothing',
    (_, answerTo) => {
      const [caller] = agreed();
      const before = caller.agreement;
      const offer = open(4).offer();
      expect(() => caller.check(answerTo(offer))).toThrow(SdpError);
      expect(caller.agreement).toEqual(before);
    },
  );

  it('refuses an offer without a usable key', () => {
    expect(() => open(1).answer([])).toThrow(SdpError);
  });
});
