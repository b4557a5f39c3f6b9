import { VirtualClock } from '@amtsleitung/base/testing';
import { describe, expect, it } from 'vitest';
import { SignInThrottle, networkOf } from './sign-in-throttle.ts';

describe('SignInThrottle', () => {
  it('leaves a login under attack open to its owner, from known addresses and from new ones', () => {
    const alarms: string[] = [];
    const throttle = new SignInThrottle(new VirtualClock(), (what, address) => alarms.push(`${what} ${address}`));
    throttle.succeeded('198.51.100.1', 'mira');
    for (let attacker = 0; attacker < 60; attacker++) throttle.failed(`203.0.113.${attacker}`, 'mira');
    expect(alarms).toEqual(['login 203.0.113.49']);
    for (let slip = 0; slip < 5; slip++) throttle.failed('198.51.100.1', 'mira');
    expect(() => throttle.check('198.51.100.1', 'mira')).not.toThrow();
    throttle.failed('203.0.113.200', 'mira');
    expect(() => throttle.check('203.0.113.200', 'mira')).not.toThrow();
    throttle.failed('203.0.113.200', 'mira');
    expect(() => throttle.check('203.0.113.200', 'mira')).toThrow('too-many-attempts');
  });

  it('leaves colleagues who have signed in before alone when somebody guesses behind their common address', () => {
    const throttle = new SignInThrottle(new VirtualClock());
    throttle.succeeded('198.51.100.1', 'mira');
    for (let guess = 0; guess < 100; guess++) throttle.failed('198.51.100.1', `login-${guess}`);
    expect(() => throttle.check('198.51.100.1', 'mira')).not.toThrow();
    expect(() => throttle.check('198.51.100.1', 'pia')).toThrow('too-many-attempts');
  });

  it('takes an address that tries many logins for one', () => {
    const clock = new VirtualClock();
    const throttle = new SignInThrottle(clock);
    for (let login = 0; login < 100; login++) throttle.failed('2001:db8:1:2::1', `login-${login}`);
    expect(() => throttle.check('2001:db8:1:2:ffff::9', 'another')).toThrow('too-many-attempts');
    expect(() => throttle.check('2001:db8:1:3::1', 'another')).not.toThrow();
    clock.advance(15 * 60_000);
    expect(() => throttle.check('2001:db8:1:2::1', 'another')).not.toThrow();
  });
});

describe('networkOf', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:DB8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('%s is of %s', (address, network) => expect(networkOf(address)).toBe(network));
});
