import { VirtualClock } from '@amtsleitung/base/testing';
import { describe, expect, it } from 'vitest';
import { TokenBuckets } from './token-buckets.ts';
import { WrongPasswordThrottle } from './wrong-password-throttle.ts';

describe('the throttle for wrong passwords', () => {
  it('refuses one address guessing one user before attempt 20', () => {
    const throttle = new WrongPasswordThrottle(new VirtualClock());
    let attempts = 0;
    while (!throttle.refuses('192.0.2.1', 'mira')) {
      throttle.wrong('192.0.2.1', 'mira');
      attempts += 1;
    }
    expect(attempts).toBeLessThan(20);
    expect(throttle.retryAfterSeconds('192.0.2.1', 'mira')).toBeGreaterThan(0);
  });

  it('leaves other users at that address and that user at other addresses alone', () => {
    const throttle = new WrongPasswordThrottle(new VirtualClock());
    for (let attempt = 0; attempt < 1_000; attempt++) throttle.wrong('192.0.2.1', 'mira');
    expect(throttle.refuses('192.0.2.1', 'pia')).toBe(false);
    expect(throttle.refuses('192.0.2.2', 'mira')).toBe(false);
  });

  it('stops inviting an address that tries one password on many users', () => {
    const throttle = new WrongPasswordThrottle(new VirtualClock());
    const invited = Array.from({ length: 100 }, (_, index) => throttle.wrong('192.0.2.1', `user${index}`));
    expect(invited.slice(20)).not.toContain(true);
  });

  it('forgives with time', () => {
    const clock = new VirtualClock();
    const throttle = new WrongPasswordThrottle(clock);
    for (let attempt = 0; attempt < 50; attempt++) throttle.wrong('192.0.2.1', 'mira');
    clock.advance(60_000);
    expect(throttle.refuses('192.0.2.1', 'mira')).toBe(false);
  });
});

describe('token buckets', () => {
  it('remember a bounded number of keys, the latest ones', () => {
    const buckets = new TokenBuckets(new VirtualClock(), { burst: 1, refillMilliseconds: 1_000, keys: 3 });
    for (const key of ['a', 'b', 'c', 'a', 'd']) buckets.take(key);
    expect(buckets.size).toBe(3);
    expect(buckets.isEmpty('b')).toBe(false);
    expect(buckets.isEmpty('a')).toBe(true);
  });
});
