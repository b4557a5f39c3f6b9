import type { PhoneCallView } from '@amtsleitung/contract';
import { describe, expect, it } from 'vitest';
import { ownStatus, type OwnStatusFacts } from './own-status.ts';

const call: PhoneCallView = {
  callId: 'a',
  state: 'connected',
  direction: 'inbound',
  party: {},
  partyText: '',
  arrivedAt: 0,
};
const status = (change: Partial<OwnStatusFacts>) =>
  ownStatus({
    card: { kind: 'free' },
    phone: { calls: [], reachable: true },
    presence: 'free',
    paused: false,
    registeredHere: true,
    ...change,
  });

describe('own status', () => {
  it('lets the call win over everything chosen', () => {
    expect(status({ card: { kind: 'call', call, session: undefined }, paused: true, presence: 'away' })).toBe(
      'on-phone',
    );
    expect(status({ card: { kind: 'ringing', call, session: undefined }, paused: true })).toBe('ringing');
  });
  it('tells away from pause and pause from free', () => {
    expect(status({ presence: 'away', paused: true })).toBe('away');
    expect(status({ presence: 'do-not-disturb', paused: true })).toBe('pause');
    expect(status({})).toBe('free');
  });
  it('says honestly when no phone of the person can ring', () => {
    expect(status({ phone: { calls: [], reachable: false }, registeredHere: false })).toBe('unreachable');
    expect(status({ phone: undefined, registeredHere: false })).toBe('free');
  });
});
