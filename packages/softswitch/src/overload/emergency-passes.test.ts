import { silentLogger } from '@amtsleitung/base';
import { seededRandom, VirtualClock } from '@amtsleitung/base/testing';
import { sipRequest } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { OverloadGuard } from './overload-guard.ts';
import { overloadRules } from './overload-machine.ts';

const source = { transport: 'udp', address: '10.0.1.1', port: 5060, secure: false } as const;

describe('an overloaded house', () => {
  it.each([
    ['110', true],
    ['112', true],
    ['+49112', true],
    ['*31#112', true],
    ['112%23', true],
    ['1120', false],
    ['121', false],
  ])('serves a call to %s: %s', (dialled, isServed) => {
    const clock = new VirtualClock();
    const guard = new OverloadGuard({
      clock,
      timers: clock,
      random: seededRandom(1),
      logger: silentLogger,
      rules: overloadRules(10, 100),
      read: () => ({ delay: 700, legs: 10, transactions: 100 }),
      isKnown: () => false,
    });
    guard.start();
    clock.advance(500);
    clock.advance(500);
    const invite = sipRequest('INVITE', `sip:${dialled}@town.example`, [], new Uint8Array(0));
    expect(guard.refuse(invite, source) === undefined).toBe(isServed);
    guard.close();
  });
});
