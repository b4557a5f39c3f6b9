import { useEffect, useRef } from 'react';
import { runningTime } from '../shared/format/formats.ts';
import { Icon } from '../shared/icons/icon.tsx';
import { useWords } from '../shared/language/words.ts';
import { Button } from '../shared/parts/button.tsx';
import { Line } from '../shared/parts/line.tsx';
import { Note } from '../shared/parts/message.tsx';
import { NumberText } from '../shared/parts/number-text.tsx';
import { useBrowserPhone } from '../shared/phone/browser-phone.ts';
import type { CallCard } from '../shared/phone/call-cards.ts';
import { answerCall, rejectCall, useCallCards } from '../shared/phone/call-commands.ts';
import { useNow } from '../shared/time/wall-clock.ts';
import { callStops, waitedSoFar } from './call-line.ts';

type Ringing = Extract<CallCard, { kind: 'ringing' }>;

/** For whom, waited how long, who, the way, the keys: in this order. The only inverted surface. */
export function RingingCard({ card }: { readonly card: Ringing }) {
  const w = useWords();
  const now = useNow();
  const { call } = card;
  return (
    <section className="al-stage al-stage--ring al-ringing" aria-label={w('ringing.region')}>
      <div className="al-stage__call">
        <div className="al-row al-between al-row--wrap">
          <span className="al-row al-stage__for">
            <Icon name="ring_volume-fill" size={24} />
            {call.hotlineName === undefined ? w('ringing.title') : w('ringing.for', { subject: call.hotlineName })}
          </span>
          <span className="al-row al-stage__waits">
            <Icon name="hourglass_top" />
            {w('ringing.waits')}{' '}
            <b className="al-timer al-timer--m" role="timer" aria-live="off">
              {runningTime(waitedSoFar(call, now))}
            </b>
          </span>
        </div>
        <div className="al-row al-between al-row--wrap al-stage__whorow">
          <div>
            <NumberText
              className="al-stage__who"
              text={call.partyText === '' ? w('party.suppressed') : call.partyText}
            />
            <p className="al-stage__about">{w(`ringing.about.${call.direction}`)}</p>
          </div>
          {call.hotlineName !== undefined && (
            <span className="al-topic">
              <Icon name="label" />
              {w('ringing.noTopic')}
            </span>
          )}
        </div>
        <Line look="ring" label={w('line.label')} stops={callStops(call, now, w)} />
        <RingingKeys card={card} />
      </div>
    </section>
  );
}

function RingingKeys({ card }: { readonly card: Ringing }) {
  const w = useWords();
  const cards = useCallCards();
  const { ringToneBlocked, microphone } = useBrowserPhone();
  const { session, call } = card;
  const answering = session?.state === 'answering';
  // Space or Enter must not land on "decline" by accident: the first key is under the hand, but nothing is stolen from a field.
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body)
      place.current?.querySelector('button')?.focus({ preventScroll: true });
  }, []);
  const hint =
    session === undefined
      ? w('ringing.otherPhone')
      : answering
        ? w('ringing.answering')
        : w(call.hotlineName === undefined ? 'ringing.nextMailbox' : 'ringing.nextPerson');
  return (
    <>
      <div className="al-row al-row--wrap al-stage__keys" ref={place}>
        <Button
          look="answer"
          icon="call-fill"
          big
          keys="F2"
          isDisabled={session === undefined || answering}
          onPress={() => void answerCall(cards)}
        >
          {w('ringing.answer')}
        </Button>
        <Button
          look="ghost"
          icon="redo"
          big
          keys="F9"
          isDisabled={session === undefined || answering}
          onPress={() => rejectCall(cards)}
        >
          {w('ringing.reject')}
        </Button>
        <span className="al-s al-stage__hint">{hint}</span>
      </div>
      {microphone !== 'ready' && microphone !== 'unknown' && (
        <div className="phone-narrow">
          <Note look="late" icon="mic_off">
            <b>{w(`microphone.${microphone}`)}</b> {w(`microphone.${microphone}1`)}
          </Note>
        </div>
      )}
      {ringToneBlocked && (
        <Note look="hold" icon="notifications">
          {w('ringing.silent')}
        </Note>
      )}
    </>
  );
}
