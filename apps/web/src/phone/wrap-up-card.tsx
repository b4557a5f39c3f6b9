import { callRoutes, type PhoneCallView, type PhoneStateView, type WrapUpOutcomeView } from '@amtsleitung/contract';
import { useQuery } from '@tanstack/react-query';
import { useState, type CSSProperties } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import { callRoute } from '../shared/api/api-client.ts';
import { clockTime, exactTime, finishedTime, runningTime } from '../shared/format/formats.ts';
import { Icon } from '../shared/icons/icon.tsx';
import type { IconName } from '../shared/icons/icons.ts';
import { useCommand } from '../shared/keys/use-command.ts';
import { useWords, type Words } from '../shared/language/words.ts';
import { useLive } from '../shared/live/live-store.ts';
import { Button } from '../shared/parts/button.tsx';
import { Kbd } from '../shared/parts/kbd.tsx';
import { Line, type Stop } from '../shared/parts/line.tsx';
import { StateWord } from '../shared/parts/message.tsx';
import { NumberText } from '../shared/parts/number-text.tsx';
import { finishWrapUp } from '../shared/phone/call-commands.ts';
import { useNow } from '../shared/time/wall-clock.ts';

type WrapUp = NonNullable<PhoneStateView['wrapUp']>;

const outcomes: readonly { readonly id: WrapUpOutcomeView; readonly icon: IconName }[] = [
  { id: 'done', icon: 'task_alt' },
  { id: 'forwarded', icon: 'phone_forwarded' },
  { id: 'callback', icon: 'phone_callback' },
  { id: 'wrong-office', icon: 'domain' },
  { id: 'no-contact', icon: 'call_missed' },
  { id: 'other', icon: 'more_horiz' },
];

interface Ended {
  readonly partyText: string;
  readonly arrivedAt: number;
  readonly talkMilliseconds: number;
  readonly waitMilliseconds: number;
}

const endedOf = (call: PhoneCallView, endedAt: number): Ended => ({
  partyText: call.partyText,
  arrivedAt: call.arrivedAt,
  talkMilliseconds: call.connectedAt === undefined ? 0 : endedAt - call.connectedAt,
  waitMilliseconds: (call.connectedAt ?? endedAt) - call.arrivedAt,
});

/** The call that has just ended: from memory at once, from the house's record after a reload. */
function useEnded(callId: string): Ended | undefined {
  const { lastCall } = useLive();
  const [seenAt] = useState(useNow());
  const remembered = lastCall?.callId === callId ? lastCall : undefined;
  const { data } = useQuery({
    queryKey: ['calls', 'recent'],
    queryFn: () => callRoute(callRoutes.list, { query: { limit: 20 } }),
    enabled: remembered === undefined,
  });
  if (remembered !== undefined) return endedOf(remembered, seenAt);
  return data?.calls.find((call) => call.callId === callId);
}

const stopsOf = (wrapUp: WrapUp, ended: Ended | undefined, endedAt: number, w: Words): readonly Stop[] => [
  { id: 'call', title: w('line.call'), ...(ended === undefined ? {} : { detail: exactTime(ended.arrivedAt) }) },
  {
    id: 'hotline',
    title: wrapUp.hotlineName,
    ...(ended === undefined ? {} : { detail: w('line.waited', { time: runningTime(ended.waitMilliseconds) }) }),
  },
  { id: 'you', title: w('line.you'), detail: w('line.ended', { time: clockTime(endedAt) }) },
];

/** The same card after the call: how it went, then free again. Its time ends with a question, not a jump. */
export function WrapUpCard({ wrapUp }: { readonly wrapUp: WrapUp }) {
  const w = useWords();
  const now = useNow();
  const [startedAt] = useState(now);
  const [outcome, setOutcome] = useState<WrapUpOutcomeView>();
  const ended = useEnded(wrapUp.callId);
  const left = wrapUp.endsAt - now;
  const share = Math.max(0, Math.min(100, (left / Math.max(1, wrapUp.endsAt - startedAt)) * 100));
  const finish = (thenPause = false): void => void finishWrapUp(outcome, thenPause);
  useOutcomeKeys(setOutcome);
  useCommand('finish-wrap-up', () => finish());
  return (
    <section className="al-stage" aria-label={w('own.wrapUp')}>
      <div className="al-stage__band al-stage__band--wrap">
        <StateWord look="wrap" icon="edit_note">
          {w('wrapUp.title')}
        </StateWord>
        <b className="al-grow al-s">{w(left > 0 ? 'wrapUp.waits' : 'wrapUp.over')}</b>
        {left > 0 && (
          <span className="al-row">
            <b className="al-s">{w('wrapUp.left')}</b>
            <span className="al-timer al-timer--s" role="timer" aria-live="off">
              {runningTime(left)}
            </span>
          </span>
        )}
      </div>
      <div className="al-stage__time" style={{ '--v': `${String(share)}%` } as CSSProperties} aria-hidden="true" />
      <div className="al-stage__call">
        <p className="al-stage__ended">
          <NumberText text={ended === undefined || ended.partyText === '' ? w('wrapUp.call') : ended.partyText} />
          {ended !== undefined && (
            <span className="al-muted"> · {w('wrapUp.minutes', { time: finishedTime(ended.talkMilliseconds) })}</span>
          )}
        </p>
        <Line look="wrap" label={w('line.label')} stops={stopsOf(wrapUp, ended, startedAt, w)} />
        <Outcomes value={outcome} onChange={setOutcome} />
        <div className="al-row al-row--wrap">
          <Button look="primary" icon="check" keys="↵" onPress={() => finish()}>
            {w('wrapUp.done')}
          </Button>
          <Button look="tertiary" icon="coffee" onPress={() => finish(true)}>
            {w('wrapUp.pause')}
          </Button>
        </div>
      </div>
    </section>
  );
}

function useOutcomeKeys(choose: (outcome: WrapUpOutcomeView) => void): void {
  useCommand('outcome-1', () => choose('done'));
  useCommand('outcome-2', () => choose('forwarded'));
  useCommand('outcome-3', () => choose('callback'));
  useCommand('outcome-4', () => choose('wrong-office'));
  useCommand('outcome-5', () => choose('no-contact'));
  useCommand('outcome-6', () => choose('other'));
}

interface OutcomesProps {
  readonly value: WrapUpOutcomeView | undefined;
  readonly onChange: (outcome: WrapUpOutcomeView) => void;
}

function Outcomes({ value, onChange }: OutcomesProps) {
  const w = useWords();
  return (
    <RadioGroup
      value={value ?? null}
      onChange={(id) => onChange(id as WrapUpOutcomeView)}
      aria-labelledby="outcome"
      className="al-outcomes__group"
    >
      <h2 id="outcome">{w('wrapUp.question')}</h2>
      <div className="al-outcomes">
        {outcomes.map(({ id, icon }, index) => (
          <Radio key={id} value={id} className="al-outcome">
            <Icon name={icon} />
            <span className="al-grow">
              <b className="al-block">{w(`outcome.${id}`)}</b>
              <small className="al-muted al-block">{w(`outcome.${id}Hint`)}</small>
            </span>
            <Kbd quiet>{String(index + 1)}</Kbd>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
