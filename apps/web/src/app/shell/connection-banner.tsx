import { useEffect, useState } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';
import { useWords } from '../../shared/language/words.ts';
import { connectLiveNow, useLiveLine } from '../../shared/live/live-store.ts';
import { Button } from '../../shared/parts/button.tsx';
import { useBrowserPhone } from '../../shared/phone/browser-phone.ts';
import { useNow } from '../../shared/time/wall-clock.ts';

/** A hiccup shorter than this is nobody's business. */
const patience = 2_000;

/** Says that what the screen shows may be old, what still works, and when it is tried again. */
export function ConnectionBanner() {
  const line = useLiveLine();
  const [shown, setShown] = useState(false);
  const live = line.kind === 'live';
  useEffect(() => {
    if (live) {
      setShown(false);
      return undefined;
    }
    const timer = setTimeout(() => setShown(true), patience);
    return () => clearTimeout(timer);
  }, [live]);
  return shown ? <Broken /> : null;
}

function Broken() {
  const w = useWords();
  const line = useLiveLine();
  const talking = useBrowserPhone().sessions.some((session) => session.state === 'connected');
  useNow();
  const seconds = line.kind === 'broken' ? Math.max(0, Math.ceil((line.retryAt - Date.now()) / 1000)) : 0;
  return (
    <section className="st-banner" aria-label={w('connection.region')}>
      <Icon name="wifi_off" size={24} />
      <p className="al-grow">
        <b>{w('connection.broken')}</b> {talking && w('connection.callGoesOn')}{' '}
        <span aria-live="off">
          {line.kind === 'broken' ? w('connection.nextTry', { seconds }) : w('connection.trying')}
        </span>
      </p>
      <Button onPress={connectLiveNow}>{w('connection.now')}</Button>
    </section>
  );
}
