import { useWords } from '../shared/language/words.ts';
import { Button } from '../shared/parts/button.tsx';
import { NumberText } from '../shared/parts/number-text.tsx';
import { StateWord } from '../shared/parts/message.tsx';
import type { CallCard, CallCards } from '../shared/phone/call-cards.ts';
import { answerCall, hangUp, joinCalls, rejectCall, toggleHold, useCallCards } from '../shared/phone/call-commands.ts';

/** The call in hand, to which the one on hold can be connected. */
const talkingIn = ({ main }: CallCards): string | undefined =>
  main.kind === 'call' && main.call.state === 'connected' ? main.call.callId : undefined;

/** A second call beside the one in hand: small, so that the first keeps its place. */
export function OtherCall({ card }: { readonly card: Extract<CallCard, { kind: 'call' | 'ringing' }> }) {
  const w = useWords();
  const cards = useCallCards();
  const { call, session } = card;
  const rings = card.kind === 'ringing';
  const consultation = talkingIn(cards);
  return (
    <section
      className={`al-stage phone-other ${rings ? 'phone-other--rings al-ringing' : ''}`}
      aria-label={w(rings ? 'other.ringing' : 'other.held')}
    >
      <StateWord look={rings ? 'ink' : 'hold'} icon={rings ? 'ring_volume-fill' : 'pause'}>
        {w(`call.state.${call.state}`)}
      </StateWord>
      <b className="al-grow al-ellipsis">
        <NumberText text={call.partyText === '' ? w('party.suppressed') : call.partyText} />
      </b>
      {session === undefined ? (
        <span className="al-s">{w(rings ? 'ringing.otherPhone' : 'other.elsewhere')}</span>
      ) : rings ? (
        <>
          <Button look="answer" onPress={() => void answerCall(cards)}>
            {w('other.answer')}
          </Button>
          <Button look="ghost" onPress={() => rejectCall(cards)}>
            {w('ringing.reject')}
          </Button>
        </>
      ) : (
        <>
          {consultation !== undefined && (
            <Button icon="call_merge" onPress={() => void joinCalls(call.callId, consultation)}>
              {w('call.join')}
            </Button>
          )}
          <Button icon="play_arrow" onPress={() => void toggleHold(card)}>
            {w('call.resume')}
          </Button>
          <Button look="danger" onPress={() => hangUp(card)}>
            {w('call.hangUp')}
          </Button>
        </>
      )}
    </section>
  );
}
