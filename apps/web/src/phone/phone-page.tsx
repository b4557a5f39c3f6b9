import './phone.css';
import { useDensity } from '../shared/look/density.ts';
import { usePageTitle } from '../shared/look/page-title.ts';
import { useWords } from '../shared/language/words.ts';
import { useCallCards } from '../shared/phone/call-commands.ts';
import { CallStage } from './call-stage.tsx';
import { MyHotlines } from './my-hotlines.tsx';
import { OtherCall } from './other-call.tsx';
import { PhoneProblems } from './phone-problems.tsx';
import { RecentCalls } from './recent-calls.tsx';
import { WaitingCalls } from './waiting-calls.tsx';

/** One card for the call in hand; everything else stands around it. */
export function PhonePage() {
  const w = useWords();
  useDensity('komfortabel');
  usePageTitle(w('nav.phone'));
  const { main, others } = useCallCards();
  return (
    <div className="al-page phone-grid">
      <h1 className="kern-sr-only">{w('nav.phone')}</h1>
      <div className="al-stack">
        <CallStage card={main} />
        {others.map((card) =>
          card.kind === 'call' || card.kind === 'ringing' ? <OtherCall key={card.call.callId} card={card} /> : null,
        )}
        <PhoneProblems />
        <RecentCalls />
      </div>
      <div className="al-stack">
        <MyHotlines />
        <WaitingCalls />
      </div>
    </div>
  );
}
