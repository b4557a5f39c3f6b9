import { VirtualClock } from '@amtsleitung/base/testing';
import { describe, expect, it } from 'vitest';
import { AnsweredRequests } from './answered-requests.ts';
import type { AnsweredRequest } from './answered-requests.ts';

const destination = { transport: 'udp', address: '192.0.2.1', port: 5060 } as const;
const answered = (number: number, octets = 10): AnsweredRequest => ({
  key: `key-${number}`,
  merge: `merge-${number}`,
  answer: { bytes: new Uint8Array(octets), destination },
  toTag: undefined,
});

describe('answered requests', () => {
  it('RFC 3261 §17.2.2: are remembered for timer J and not for ever, by one timer for all', () => {
    const clock = new VirtualClock();
    const requests = new AnsweredRequests(clock);
    requests.add(answered(1));
    clock.advance(900);
    requests.add(answered(2));
    expect(clock.pendingTimers).toBe(1);
    clock.advance(32_000);
    expect(requests.get('key-2')).toBeDefined();
    clock.advance(2_000);
    expect([requests.size, requests.hasMerge('merge-2'), clock.pendingTimers]).toEqual([0, false, 0]);
  });

  it('beyond its size forgets the oldest', () => {
    const requests = new AnsweredRequests(new VirtualClock(), 10_000);
    for (let number = 0; number < 100; number++) requests.add(answered(number, 700));
    expect(requests.size).toBe(10);
    expect([requests.get('key-89'), requests.hasMerge('merge-89')]).toEqual([undefined, false]);
    expect([requests.get('key-90')?.key, requests.hasMerge('merge-90')]).toEqual(['key-90', true]);
  });
});
