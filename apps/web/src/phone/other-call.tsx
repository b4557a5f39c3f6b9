import { useWords } from '../shared/language/words.ts';
import { Button } from '../shared/parts/button.tsx';
import { NumberText } from '../shared/parts/number-text.tsx';
import { StateWord } from '../shared/parts/message.tsx';
import type { CallCard } from '../shared/phone/call-cards.ts';
import { answerCall, hangUp, rejectCall, toggleHold, useCallCards } from '../shared/phone/call-commands.ts';

/** A second call beside the one in hand: small, so that the first keeps its place. */
export function OtherCall({ card }: { readonly card: Extract<CallCard, { kind: 'call' | 'ringing' }> }) {
  const w = useWords();
  const cards = useCallCards();
  const { call, session } = card;
  const rings = card.kind === 'ringing';
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
