import { useEffect } from 'react';
import { runningTime } from '../shared/format/formats.ts';
import { useWords } from '../shared/language/words.ts';
import { useStore } from '../shared/look/store.ts';
import { Line } from '../shared/parts/line.tsx';
import { Note, StateWord } from '../shared/parts/message.tsx';
import { NumberText } from '../shared/parts/number-text.tsx';
import { useBrowserPhone } from '../shared/phone/browser-phone.ts';
import type { CallCard } from '../shared/phone/call-cards.ts';
import { callPanel } from '../shared/phone/call-commands.ts';
import { useNow } from '../shared/time/wall-clock.ts';
import { remind } from './audio/ring-tone.ts';
import { callStops } from './call-line.ts';
import { Keypad } from './keypad.tsx';
import { MoreKeys } from './more-keys.tsx';
import { TalkKeys } from './talk-keys.tsx';
import { TransferPanel } from './transfer-panel.tsx';

type Talk = Extract<CallCard, { kind: 'call' }>;

const looks = {
  connected: { look: 'live', icon: 'call-fill' },
  dialling: { look: 'live', icon: 'call_made' },
  transferring: { look: 'live', icon: 'phone_forwarded' },
  held: { look: 'hold', icon: 'pause' },
  parked: { look: 'hold', icon: 'pause' },
  ringing: { look: 'live', icon: 'call-fill' },
} as const;

/** The call in hand: state, who, how long, its way, its keys. */
export function TalkCard({ card }: { readonly card: Talk }) {
  const w = useWords();
  const now = useNow();
  const panel = useStore(callPanel);
  const { call } = card;
  const look = looks[call.state];
  useForgottenTone(card);
  return (
    <section className="al-stage" aria-label={w('call.region')}>
      <div className="al-stage__band">
        <StateWord look={look.look} icon={look.icon}>
          {call.state === 'parked' && call.orbit !== undefined
            ? w('call.parkedAt', { orbit: call.orbit })
            : w(`call.state.${call.state}`)}
        </StateWord>
        <span className="al-muted al-grow al-ellipsis">{call.hotlineName ?? w(`calls.way.${call.direction}`)}</span>
      </div>
      <div className="al-stage__call">
        <div className="al-row al-between al-row--wrap">
          <NumberText
            className="al-stage__who al-stage__who--talk"
            text={call.partyText === '' ? w('party.suppressed') : call.partyText}
          />
          <div className="al-right">
            {call.connectedAt !== undefined && (
              <div className="al-timer" role="timer" aria-live="off">
                {runningTime(now - call.connectedAt)}
              </div>
            )}
            <TalkQuality card={card} />
          </div>
        </div>
        <Line label={w('line.label')} stops={callStops(call, now, w, card.session?.own)} />
        {call.transferTarget !== undefined && (
          <Note look="live" icon="phone_forwarded">
            {w('call.transferringTo', { target: call.transferTarget })}
          </Note>
        )}
        {call.state !== 'parked' && <TalkKeys card={card} />}
        <MoreKeys card={card} />
      </div>
      {panel === 'transfer' && <TransferPanel card={card} />}
      {panel === 'keypad' && call.state === 'connected' && <Keypad callId={call.callId} />}
    </section>
  );
}

function TalkQuality({ card }: { readonly card: Talk }) {
  const w = useWords();
  const { quality } = useBrowserPhone();
  const known = card.session !== undefined && quality !== undefined && card.call.state === 'connected';
  // The line is there from the start, so that nothing moves when the first measurement arrives.
  return <span className="al-s al-muted al-stage__quality">{known ? w(`call.quality.${quality}`) : ''}</span>;
}

const forgottenAfter = 60_000;

/** A call on hold or mute for a minute may have been forgotten: one soft tone, once. */
function useForgottenTone({ call, session }: Talk): void {
  const quiet = call.state === 'held' || session?.muted === true;
  useEffect(() => {
    if (!quiet || session === undefined) return undefined;
    const timer = setTimeout(remind, forgottenAfter);
    return () => clearTimeout(timer);
  }, [quiet, session === undefined, call.callId]);
}
