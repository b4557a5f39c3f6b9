import type { LiveMessage, PhoneCallView } from '@amtsleitung/contract';
import { describe, expect, it } from 'vitest';
import { afterMessage, silentState } from './live-state.ts';

const call = (callId: string): PhoneCallView => ({
  callId,
  state: 'connected',
  direction: 'inbound',
  party: {},
  partyText: '0171 3920042',
  arrivedAt: 1,
});
const phone = (...calls: PhoneCallView[]): LiveMessage => ({ topic: 'phone', payload: { calls, reachable: true } });
const run = (...messages: LiveMessage[]) => messages.reduce(afterMessage, silentState);

describe('pushed state', () => {
  it('keeps the call that has just ended, for the wrap-up card', () => {
    expect(run(phone(call('a'))).lastCall).toBeUndefined();
    expect(run(phone(call('a')), phone()).lastCall?.callId).toBe('a');
    expect(run(phone(call('a')), phone(), phone(call('b'))).lastCall?.callId).toBe('a');
    expect(run(phone(call('a')), phone(call('b'))).lastCall?.callId).toBe('a');
  });
  it('changes presence of the people named only', () => {
    const state = run(
      {
        topic: 'presence',
        payload: [
          { personId: 'p1', presence: 'free' },
          { personId: 'p2', presence: 'away' },
        ],
      },
      { topic: 'presence', payload: [{ personId: 'p1', presence: 'on-phone' }] },
    );
    expect(Object.fromEntries(state.presence)).toEqual({ p1: 'on-phone', p2: 'away' });
  });
  it('counts the lists that have changed', () => {
    const state = run(
      { topic: 'calls', payload: {} },
      { topic: 'messages', payload: { open: 3 } },
      { topic: 'clock', payload: { at: 5 } },
    );
    expect(state).toMatchObject({ callsVersion: 1, messagesVersion: 1, openMessages: 3 });
  });
});
