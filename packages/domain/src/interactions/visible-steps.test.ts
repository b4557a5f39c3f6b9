import { describe, expect, it } from 'vitest';
import type { CallRecord, CallStep } from './call-record.ts';
import { visibleSteps } from './visible-steps.ts';

const record = (steps: readonly Omit<CallStep, 'at'>[], more: Partial<CallRecord> = {}): CallRecord => ({
  callId: 'c',
  tenantId: 'town',
  direction: 'inbound',
  arrivedAt: 0,
  talkMilliseconds: 0,
  waitMilliseconds: 0,
  steps: steps.map((step, at) => ({ ...step, at })),
  ...more,
});
const seen = (of: CallRecord, viewer: string) =>
  visibleSteps(of, viewer).map(({ kind, personId, detail }) => [kind, personId, detail].filter(Boolean).join(' '));

describe('visibleSteps', () => {
  it('tell nobody which colleague a hotline call was offered to in vain', () => {
    const call = record([
      { kind: 'call-arrived' },
      { kind: 'call-routed', detail: 'hotline:service' },
      { kind: 'hotline-queued', detail: '1' },
      { kind: 'hotline-offered', personId: 'pia' },
      { kind: 'hotline-offer-ended', personId: 'pia', detail: 'no-answer' },
      { kind: 'hotline-offered', personId: 'mira' },
      { kind: 'hotline-offer-ended', personId: 'mira', detail: 'answered' },
      { kind: 'hotline-answered', personId: 'mira' },
      { kind: 'call-connected', personId: 'mira' },
      { kind: 'call-ended', detail: 'answered' },
    ]);
    expect(seen(call, 'mira')).toEqual([
      'call-arrived',
      'call-routed hotline',
      'hotline-queued 1',
      'hotline-offered mira',
      'hotline-offer-ended mira answered',
      'hotline-answered mira',
      'call-connected mira',
      'call-ended answered',
    ]);
  });

  it('show a transfer that nobody took to the one who tried it, not to the one who got the call next', () => {
    const call = record([
      { kind: 'call-arrived' },
      { kind: 'call-connected', personId: 'mira' },
      { kind: 'call-held', personId: 'mira' },
      { kind: 'call-transferred', personId: 'mira', detail: 'person:ute' },
      { kind: 'call-ringing', personId: 'ute' },
      { kind: 'call-connected', personId: 'mira' },
      { kind: 'call-transferred', personId: 'mira', detail: 'person:pia' },
      { kind: 'call-ringing', personId: 'pia' },
      { kind: 'call-connected', personId: 'pia' },
    ]);
    expect(seen(call, 'pia').join()).not.toContain('ute');
    expect(seen(call, 'pia')).toEqual([
      'call-arrived',
      'call-connected mira',
      'call-connected mira',
      'call-transferred mira person',
      'call-ringing pia',
      'call-connected pia',
    ]);
    expect(seen(call, 'mira')).toContain('call-ringing ute');
    expect(seen(call, 'ute')).toContain('call-transferred mira person');
    expect(seen(call, 'ute').filter((step) => step.includes('transferred'))).toHaveLength(2);
  });

  it('show the ringing of an internal call to its caller', () => {
    const call = record(
      [{ kind: 'call-arrived', personId: 'mira' }, { kind: 'call-ringing', personId: 'ute' }, { kind: 'call-ended' }],
      { direction: 'internal', callerPersonId: 'mira', calleePersonId: 'ute' },
    );
    expect(seen(call, 'mira')).toEqual(['call-arrived mira', 'call-ringing ute', 'call-ended']);
  });
});
