import { runningTime } from '../../shared/format/formats.ts';
import { useWords } from '../../shared/language/words.ts';
import { Button, IconButton } from '../../shared/parts/button.tsx';
import { NumberText } from '../../shared/parts/number-text.tsx';
import { StateWord } from '../../shared/parts/message.tsx';
import type { CallCard } from '../../shared/phone/call-cards.ts';
import {
  answerCall,
  hangUp,
  rejectCall,
  toggleHold,
  toggleMute,
  useCallCards,
} from '../../shared/phone/call-commands.ts';
import { useNow } from '../../shared/time/wall-clock.ts';

/** The call in hand on pages other than the telephone. */
export function CallBar() {
  const { main } = useCallCards();
  if (main.kind === 'ringing') return <RingingBar card={main} />;
  if (main.kind === 'call') return <TalkingBar card={main} />;
  return null;
}

function RingingBar({ card }: { readonly card: Extract<CallCard, { kind: 'ringing' }> }) {
  const w = useWords();
  const cards = useCallCards();
  const { call, session } = card;
  return (
    <section className="callbar callbar--ringing al-ringing" aria-label={w('ringing.region')}>
      <span className="al-grow al-ellipsis">
        <b>{call.hotlineName === undefined ? w('ringing.title') : w('ringing.for', { subject: call.hotlineName })}</b>{' '}
        <NumberText text={call.partyText === '' ? w('party.suppressed') : call.partyText} />
      </span>
      {session === undefined ? (
        <span className="al-s">{w('ringing.otherPhone')}</span>
      ) : (
        <>
          <Button look="answer" icon="call-fill" onPress={() => void answerCall(cards)}>
            {w('ringing.answer')}
          </Button>
          <Button look="ghost" icon="redo" onPress={() => rejectCall(cards)}>
            {w('ringing.reject')}
          </Button>
        </>
      )}
    </section>
  );
}

function TalkingBar({ card }: { readonly card: Extract<CallCard, { kind: 'call' }> }) {
  const w = useWords();
  const now = useNow();
  const { call, session } = card;
  const held = call.state === 'held';
  return (
    <section className="callbar" aria-label={w('call.region')}>
      <StateWord look={held ? 'hold' : 'live'} icon={held ? 'pause' : 'call-fill'}>
        <span className="callbar__state">{w(`call.state.${call.state}`)}</span>
      </StateWord>
      <NumberText
        className="al-grow al-ellipsis"
        text={call.partyText === '' ? w('party.suppressed') : call.partyText}
      />
      {call.connectedAt !== undefined && (
        <b className="al-num" role="timer" aria-live="off">
          {runningTime(now - call.connectedAt)}
        </b>
      )}
      {session !== undefined && (
        <>
          <IconButton
            icon={session.muted ? 'mic_off' : 'mic'}
            label={w(session.muted ? 'call.unmute' : 'call.mute')}
            onPress={() => toggleMute(card)}
          />
          <IconButton
            icon={held ? 'play_arrow' : 'pause'}
            label={w(held ? 'call.resume' : 'call.hold')}
            onPress={() => void toggleHold(card)}
          />
          <Button look="hangup" icon="call_end-fill" onPress={() => hangUp(card)}>
            {w('call.hangUp')}
          </Button>
        </>
      )}
    </section>
  );
}
