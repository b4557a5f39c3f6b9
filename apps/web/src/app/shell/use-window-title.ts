import { useEffect } from 'react';
import { useWords } from '../../shared/language/words.ts';
import { pageTitle } from '../../shared/look/page-title.ts';
import { useStore } from '../../shared/look/store.ts';
import { useCallCards } from '../../shared/phone/call-commands.ts';
import { useSession } from '../../shared/session/session.tsx';

/** The title follows the state, so that a call is seen from among other tabs. Never a number: titles stay in histories. */
export function useWindowTitle(): void {
  const w = useWords();
  const page = useStore(pageTitle);
  const { tenantName } = useSession();
  const { main, others } = useCallCards();
  const ringing = [main, ...others].find((card) => card.kind === 'ringing');
  const subject = ringing?.kind === 'ringing' ? (ringing.call.hotlineName ?? w('title.call')) : undefined;
  useEffect(() => {
    document.title =
      subject === undefined ? w('title.page', { page, tenant: tenantName }) : w('title.ringing', { subject });
  }, [subject, page, tenantName, w]);
}
