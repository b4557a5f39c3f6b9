import type { CallCard } from '../shared/phone/call-cards.ts';
import { FreeCard } from './free-card.tsx';
import { RingingCard } from './ringing-card.tsx';
import { TalkCard } from './talk-card.tsx';
import { WrapUpCard } from './wrap-up-card.tsx';

/** The one place where calls happen. */
export function CallStage({ card }: { readonly card: CallCard }) {
  switch (card.kind) {
    case 'ringing':
      return <RingingCard card={card} />;
    case 'call':
      return <TalkCard card={card} />;
    case 'wrap-up':
      return <WrapUpCard key={card.wrapUp.callId} wrapUp={card.wrapUp} />;
    case 'free':
      return <FreeCard />;
  }
}
