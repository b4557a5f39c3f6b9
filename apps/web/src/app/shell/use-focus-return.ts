import { useEffect, useRef } from 'react';
import { useCallCards } from '../../shared/phone/call-commands.ts';

/** After a call the focus goes back to where it was before it rang, unless the person has moved on. */
export function useFocusReturn(): void {
  const { main } = useCallCards();
  const inCall = main.kind === 'ringing' || main.kind === 'call';
  const before = useRef<Element>(null);
  useEffect(() => {
    if (inCall) {
      before.current = document.activeElement;
      return;
    }
    const place = before.current;
    before.current = null;
    if (document.activeElement === document.body && place instanceof HTMLElement && place.isConnected) place.focus();
  }, [inCall]);
}
