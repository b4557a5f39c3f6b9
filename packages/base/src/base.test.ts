import { describe, expect, it } from 'vitest';
import { AsyncMailbox, Mailbox, TypedEmitter, equalSecrets, hashHex, newId, newToken } from './index.ts';
import { VirtualClock, seededRandom } from './testing/index.ts';

describe('Mailbox', () => {
  it('runs a task posted by a task after it, and survives a throw', () => {
    const seen: string[] = [];
    const errors: unknown[] = [];
    const mailbox = new Mailbox((error) => errors.push(error));
    mailbox.post(() => {
      mailbox.post(() => seen.push('second'));
      seen.push('first');
      throw new Error('broken');
    });
    expect(seen).toEqual(['first', 'second']);
    expect(errors).toHaveLength(1);
  });

  it('keeps the order of waiting tasks', async () => {
    const seen: number[] = [];
    const mailbox = new AsyncMailbox(() => {});
    mailbox.post(async () => {
      await Promise.resolve();
      seen.push(1);
    });
    mailbox.post(() => {
      seen.push(2);
    });
    await mailbox.drained();
    expect(seen).toEqual([1, 2]);
  });
});

describe('VirtualClock', () => {
  it('fires timers in order of time, then of creation, and lets them set new ones', () => {
    const clock = new VirtualClock(0);
    const seen: string[] = [];
    clock.after(20, () => seen.push('b'));
    clock.after(10, () => {
      seen.push('a');
      clock.after(5, () => seen.push('a2'));
    });
    clock.after(20, () => seen.push('c')).cancel();
    clock.advance(30);
    expect(seen).toEqual(['a', 'a2', 'b']);
    expect(clock.monotonic()).toBe(30);
  });
});

describe('ids', () => {
  it('are version 7 UUIDs that sort by time', () => {
    const clock = new VirtualClock();
    const random = seededRandom(1);
    const first = newId(clock, random);
    clock.advance(2);
    const second = newId(clock, random);
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(second > first).toBe(true);
  });

  it('tokens have the asked length', () => {
    expect(newToken(seededRandom(7), 26)).toMatch(/^[a-z2-9]{26}$/);
  });
});

describe('hash', () => {
  it('knows the digests of RFC 1321 and FIPS 180-4', () => {
    expect(hashHex('md5', 'abc')).toBe('900150983cd24fb0d6963f7d28e17f72');
    expect(hashHex('sha256', 'abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('compares secrets', () => {
    expect(equalSecrets('a', 'a')).toBe(true);
    expect(equalSecrets('a', 'ab')).toBe(false);
  });
});

describe('TypedEmitter', () => {
  it('keeps delivering when a listener throws', () => {
    const errors: unknown[] = [];
    const seen: number[] = [];
    const emitter = new TypedEmitter<number>((error) => errors.push(error));
    emitter.listen(() => {
      throw new Error('listener');
    });
    const stop = emitter.listen((value) => seen.push(value));
    emitter.emit(1);
    stop();
    emitter.emit(2);
    expect(seen).toEqual([1]);
    expect(errors).toHaveLength(2);
  });
});
