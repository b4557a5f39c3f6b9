import type { PhoneCallView } from '@amtsleitung/contract';
import { clockTime, exactTime, runningTime } from '../shared/format/formats.ts';
import type { Words } from '../shared/language/words.ts';
import type { Stop } from '../shared/parts/line.tsx';

/** How long the citizen has waited since they called, or did until somebody answered; greeting and music included. */
export const waitedSoFar = (call: PhoneCallView, now: number): number =>
  Math.max(0, (call.connectedAt ?? now) - (call.queuedAt ?? call.arrivedAt));

const ownStop = (call: PhoneCallView, w: Words): Pick<Stop, 'detail' | 'open'> =>
  call.connectedAt === undefined
    ? { detail: w(call.direction === 'outbound' ? 'line.dialling' : 'line.ringing'), open: true }
    : { detail: w('line.since', { time: clockTime(call.connectedAt) }) };

/** The way of a call as stops: where it came from, the hotline, this person. `own`: this person has called. */
export function callStops(call: PhoneCallView, now: number, w: Words, own = false): readonly Stop[] {
  const towardsOwn = call.connectedAt === undefined ? 'next' : call.state === 'held' ? 'held' : 'solid';
  const waited = runningTime(waitedSoFar(call, now));
  if (own || call.direction === 'outbound' || call.state === 'dialling')
    return [
      { id: 'you', title: w('line.you'), detail: exactTime(call.arrivedAt), towardsNext: towardsOwn },
      { id: 'party', title: call.partyText === '' ? w('party.suppressed') : call.partyText, ...ownStop(call, w) },
    ];
  const arrival: Stop = { id: 'call', title: w('line.call'), detail: exactTime(call.arrivedAt) };
  const you: Stop = { id: 'you', title: w('line.you'), ...ownStop(call, w) };
  if (call.hotlineName === undefined) return [{ ...arrival, towardsNext: towardsOwn }, you];
  const hotline: Stop = {
    id: 'hotline',
    title: call.hotlineName,
    detail: w(call.connectedAt === undefined ? 'line.waiting' : 'line.waited', { time: waited }),
    towardsNext: towardsOwn,
  };
  return [{ ...arrival, towardsNext: 'solid' }, hotline, you];
}
