import './toast.css';
import { useEffect, useState } from 'react';
import { Icon } from '../icons/icon.tsx';
import { useWords } from '../language/words.ts';
import { useStore } from '../look/store.ts';
import { Button, IconButton } from './button.tsx';
import { closeToast, toast } from './toast-store.ts';

const shownFor = 8_000;

/** What has just been done, with the way back. Stays while the pointer or focus is on it. */
export function ToastPlace() {
  const w = useWords();
  const current = useStore(toast);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (current === undefined || held) return undefined;
    const timer = setTimeout(closeToast, shownFor);
    return () => clearTimeout(timer);
  }, [current, held]);
  if (current === undefined) return null;
  return (
    <section
      aria-label={w('toast.label')}
      className={`al-toast al-toast--${current.look}`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={current.look === 'done' ? 'check_circle' : 'warning'} />
      <span className="al-grow">{current.text}</span>
      {current.action !== undefined && (
        <Button
          look="tertiary"
          onPress={() => {
            current.action?.run();
            closeToast();
          }}
        >
          {current.action.label}
        </Button>
      )}
      <IconButton icon="close" label={w('action.close')} onPress={closeToast} />
    </section>
  );
}
