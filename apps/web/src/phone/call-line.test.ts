import type { PhoneCallView } from '@amtsleitung/contract';
import { describe, expect, it } from 'vitest';
import type { Words } from '../shared/language/words.ts';
import { callStops, waitedSoFar } from './call-line.ts';

const w: Words = (id, values) => (values === undefined ? id : `${id} ${Object.values(values).join(' ')}`);
const call = (change: Partial<PhoneCallView>): PhoneCallView => ({
  callId: 'a',
  state: 'ringing',
  direction: 'inbound',
  party: {},
  partyText: '0171 3920042',
  arrivedAt: 0,
  hotlineName: 'Bürgerservice',
  ...change,
});

describe('the line of a call', () => {
  it('is dashed towards the person while it rings', () => {
    const stops = callStops(call({}), 48_000, w);
    expect(stops.map((stop) => [stop.id, stop.towardsNext, stop.open])).toEqual([
      ['call', 'solid', undefined],
      ['hotline', 'next', undefined],
      ['you', undefined, true],
    ]);
    expect(stops[1]?.detail).toBe('line.waiting 00:48');
  });
  it('is solid in a talk and dotted on hold', () => {
    const talk = { state: 'connected', connectedAt: 50_000 } as const;
    expect(callStops(call(talk), 90_000, w)[1]).toMatchObject({ towardsNext: 'solid', detail: 'line.waited 00:50' });
    expect(callStops(call({ ...talk, state: 'held' }), 90_000, w)[1]?.towardsNext).toBe('held');
  });
  it('starts at the person when they call', () => {
    const stops = callStops(call({ direction: 'outbound', state: 'dialling' }), 5_000, w);
    expect(stops.map((stop) => stop.id)).toEqual(['you', 'party']);
    expect(stops[1]?.open).toBe(true);
    const talk = call({ direction: 'internal', state: 'connected', connectedAt: 3_000 });
    expect(callStops(talk, 5_000, w, true).map((stop) => stop.id)).toEqual(['you', 'party']);
  });
  it('counts the wait until it was answered, not on', () => {
    expect(waitedSoFar(call({}), 7_000)).toBe(7_000);
    expect(waitedSoFar(call({ connectedAt: 6_000 }), 99_000)).toBe(6_000);
  });
});
