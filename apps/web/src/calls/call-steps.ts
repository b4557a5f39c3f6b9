import type { CallRecordView } from '@amtsleitung/contract';
import { exactTime } from '../shared/format/formats.ts';
import { isSentence, type SentenceId, type Words } from '../shared/language/words.ts';
import type { Stop } from '../shared/parts/line.tsx';

type Step = CallRecordView['steps'][number];

const titles: Readonly<Record<string, SentenceId>> = {
  'call-arrived': 'step.arrived',
  'call-ringing': 'step.ringing',
  'call-connected': 'step.connected',
  'call-held': 'step.held',
  'call-resumed': 'step.resumed',
  'call-transferred': 'step.transferred',
  'call-forwarded': 'step.forwarded',
  'call-parked': 'step.parked',
  'hotline-queued': 'step.queued',
  'hotline-offered': 'step.offered',
  'hotline-offer-ended': 'step.offerEnded',
  'hotline-answered': 'step.answered',
  'hotline-abandoned': 'step.abandoned',
  'hotline-overflowed': 'step.overflowed',
  'message-recorded': 'step.message',
  'call-ended': 'step.ended',
  'wrap-up-ended': 'step.wrapUp',
};
const withDetail = new Set(['call-arrived', 'hotline-offer-ended', 'hotline-overflowed', 'call-ended']);

/** At whom a call rang in vain is nobody else's business. */
const isOthersOffer = ({ kind, personName }: Step, ownName: string): boolean =>
  kind.startsWith('hotline-offer') && personName !== ownName;
/** Says the same as the step beside it. */
const isEcho = ({ kind, detail }: Step, all: readonly Step[]): boolean =>
  (kind === 'hotline-offer-ended' && (detail === 'answered' || detail === 'withdrawn')) ||
  (kind === 'call-connected' && all.some((other) => other.kind === 'hotline-answered'));

function detailOf(step: Step, w: Words): string {
  const place =
    step.kind === 'hotline-queued' && step.detail !== undefined ? w('step.place', { place: step.detail }) : '';
  const orbit = step.kind === 'call-parked' && step.detail !== undefined ? w('step.orbit', { orbit: step.detail }) : '';
  const id = `step.detail.${step.detail ?? ''}`;
  const reason = withDetail.has(step.kind) && isSentence(id) ? w(id) : '';
  return [exactTime(step.at), step.personName ?? '', place, orbit, reason].filter((part) => part !== '').join(' · ');
}

/** The steps of a call as stops of its line, as one of its people may see them. */
export function callSteps(call: CallRecordView, ownName: string, w: Words): readonly Stop[] {
  const steps = call.steps.filter(
    (step) => titles[step.kind] !== undefined && !isOthersOffer(step, ownName) && !isEcho(step, call.steps),
  );
  return steps.map((step, index): Stop => {
    const title = titles[step.kind] ?? 'step.arrived';
    const last = index === steps.length - 1;
    return {
      id: `${step.kind} ${String(step.at)} ${String(index)}`,
      title: step.kind === 'hotline-queued' ? (step.hotlineName ?? w(title)) : w(title),
      detail: detailOf(step, w),
      ...(last ? { open: call.endedAt === undefined } : { towardsNext: towards(step.kind) }),
    };
  });
}

const towards = (kind: string): 'solid' | 'next' | 'held' =>
  kind === 'call-held' ? 'held' : kind === 'hotline-offered' || kind === 'call-ringing' ? 'next' : 'solid';
