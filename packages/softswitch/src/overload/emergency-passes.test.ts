import { silentLogger } from '@amtsleitung/base';
import { seededRandom, VirtualClock } from '@amtsleitung/base/testing';
import { sipRequest } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { OverloadGuard } from './overload-guard.ts';
import { overloadRules } from './overload-machine.ts';

const source = { transport: 'udp', address: '10.0.1.1', port: 5060, secure: false } as const;

const proxy = '10.0.1.9';

/** Late for so long that it sheds. */
function sheddingGuard(): OverloadGuard {
  const clock = new VirtualClock();
  const guard = new OverloadGuard({
    clock,
    timers: clock,
    random: seededRandom(1),
    logger: silentLogger,
    rules: overloadRules(10, 100),
    read: () => ({ delay: 700, legs: 10, transactions: 100 }),
    isKnown: () => false,
    isPassedOn: (_request, { address }) => address === proxy,
  });
  guard.start();
  clock.advance(500);
  clock.advance(500);
  guard.close();
  return guard;
}

const invite = (uri: string) => sipRequest('INVITE', uri, [], new Uint8Array(0));

describe('an overloaded house', () => {
  it.each([
    ['sip:110@town.example', true],
    ['sip:112@town.example', true],
    ['sip:+49112@town.example', true],
    ['sip:*31#112@town.example', true],
    ['sip:112%23@town.example', true],
    ['urn:service:sos', true],
    ['sip:1120@town.example', false],
    ['sip:121@town.example', false],
  ])('serves a call to %s: %s', (uri, isServed) => {
    expect(sheddingGuard().refuse(invite(uri), source) === undefined).toBe(isServed);
  });

  it('RFC 3261 §16.7: answers 480 with Retry-After through a proxy of ours, which would make 500 of a 503', () => {
    const guard = sheddingGuard();
    const statuses = [source, { ...source, address: proxy }].map((from) => {
      const verdict = guard.refuse(invite('sip:121@town.example'), from);
      if (typeof verdict !== 'object') return undefined;
      expect(Number(verdict.headers?.[0]?.value)).toBeGreaterThanOrEqual(5);
      return verdict.status;
    });
    expect(statuses).toEqual([503, 480]);
  });
});
