import type { CallRecordView } from '@amtsleitung/contract';
import { describe, expect, it } from 'vitest';
import { callLook } from './call-look.ts';

const record = (change: Partial<CallRecordView>): CallRecordView => ({
  callId: 'a',
  direction: 'inbound',
  arrivedAt: 0,
  talkMilliseconds: 0,
  waitMilliseconds: 0,
  party: {},
  partyText: '',
  steps: [],
  ...change,
});

describe('a call in a list', () => {
  it('is missed when a citizen hung up, not when a colleague did', () => {
    expect(callLook(record({ outcome: 'abandoned' }))).toMatchObject({ missed: true, icon: 'call_missed' });
    expect(callLook(record({ outcome: 'abandoned', direction: 'outbound' })).missed).toBe(false);
    expect(callLook(record({ outcome: 'answered', talkMilliseconds: 5 })).missed).toBe(false);
    expect(callLook(record({ outcome: 'message' })).missed).toBe(false);
  });
  it('says when it still goes on', () => expect(callLook(record({})).outcome).toBe('calls.outcome.running'));
});
