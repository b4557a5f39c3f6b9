import type { CallRecordView } from '@amtsleitung/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { learnSentences, type Words } from '../shared/language/words.ts';
import { callSteps } from './call-steps.ts';

const w: Words = (id, values) => (values === undefined ? id : `${id}(${Object.values(values).join()})`);
const record = (steps: Omit<CallRecordView['steps'][number], 'at'>[], endedAt?: number): CallRecordView => ({
  callId: 'a',
  direction: 'inbound',
  arrivedAt: 0,
  talkMilliseconds: 0,
  waitMilliseconds: 0,
  party: {},
  partyText: '',
  steps: steps.map((step, index) => ({ at: index * 1000, ...step })),
  ...(endedAt === undefined ? {} : { endedAt }),
});
const mira = 'Mira Meldewesen';

beforeAll(() => learnSentences(['step.detail.forged-caller', 'step.detail.no-answer', 'step.detail.answered']));

describe('the steps of a call', () => {
  it('names the hotline and the place in it', () => {
    const [queued] = callSteps(
      record([{ kind: 'hotline-queued', hotlineName: 'Bürgerservice', detail: '3' }]),
      mira,
      w,
    );
    expect(queued?.title).toBe('Bürgerservice');
    expect(queued?.detail).toContain('step.place(3)');
  });
  it('says that a caller’s number was a forbidden one', () => {
    const [arrived] = callSteps(record([{ kind: 'call-arrived', detail: 'forged-caller' }]), mira, w);
    expect(arrived?.detail).toContain('step.detail.forged-caller');
  });
  it('tells that a call was forwarded, and where it was parked', () => {
    const steps = [
      { kind: 'call-forwarded', detail: 'person' },
      { kind: 'call-parked', detail: '7' },
    ];
    const [forwarded, parked] = callSteps(record(steps), mira, w);
    expect([forwarded?.title, parked?.title]).toEqual(['step.forwarded', 'step.parked']);
    expect(parked?.detail).toContain('step.orbit(7)');
  });
  it('never tells at whom else it rang in vain', () => {
    const steps = [
      { kind: 'hotline-offered', personName: 'Pia Passstelle' },
      { kind: 'hotline-offer-ended', personName: 'Pia Passstelle', detail: 'no-answer' },
      { kind: 'hotline-offered', personName: mira },
      { kind: 'hotline-offer-ended', personName: mira, detail: 'no-answer' },
    ];
    const shown = callSteps(record(steps), mira, w);
    expect(shown.map((stop) => stop.title)).toEqual(['step.offered', 'step.offerEnded']);
    expect(JSON.stringify(shown)).not.toContain('Pia');
  });
  it('says things once and passes over steps of a newer server', () => {
    const steps = [
      { kind: 'hotline-offer-ended', personName: mira, detail: 'answered' },
      { kind: 'hotline-answered', personName: mira },
      { kind: 'call-connected', personName: mira },
      { kind: 'call-turned-blue' },
    ];
    expect(callSteps(record(steps), mira, w).map((stop) => stop.title)).toEqual(['step.answered']);
  });
  it('ends hollow while the call goes on', () => {
    const steps = [
      { kind: 'call-arrived' },
      { kind: 'call-held', personName: mira },
      { kind: 'call-resumed', personName: mira },
    ];
    const shown = callSteps(record(steps), mira, w);
    expect(shown.map((stop) => stop.towardsNext)).toEqual(['solid', 'held', undefined]);
    expect(shown.at(-1)?.open).toBe(true);
    expect(callSteps(record(steps, 9), mira, w).at(-1)?.open).toBe(false);
  });
});
