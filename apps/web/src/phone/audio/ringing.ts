import { browserPhone } from '../../shared/phone/browser-phone.ts';
import { hideCallNotice, showCallNotice } from './call-notice.ts';
import { knock, ring, silenceRing } from './ring-tone.ts';

/** Of several tabs only one makes a noise: the one that holds this lock, which is the oldest. */
function becomeRinger(signal: AbortSignal, granted: () => void): void {
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined) return granted();
  const held = (): Promise<void> => {
    granted();
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
  };
  locks.request('amtsleitung-ringer', { signal }, held).catch(() => undefined);
}

/** Rings, knocks and shows notices for what the browser phone is offered. Returns what ends it. */
export function startRinging(): () => void {
  const stop = new AbortController();
  const knocked = new Set<string>();
  let mayRing = false;
  const follow = (): void => {
    const { sessions } = browserPhone.get();
    const offered = sessions.filter((session) => session.state === 'ringing' && !session.own);
    const talking = sessions.some((session) => session.state === 'connected');
    for (const callId of [...knocked]) if (!offered.some((one) => one.callId === callId)) knocked.delete(callId);
    const [first] = offered;
    if (first === undefined) hideCallNotice();
    if (first === undefined || talking || !mayRing) silenceRing();
    else ring();
    for (const { callId, subject } of offered.filter((one) => !knocked.has(one.callId))) {
      knocked.add(callId);
      showCallNotice(subject);
      if (talking && mayRing) knock();
    }
  };
  becomeRinger(stop.signal, () => {
    mayRing = true;
    follow();
  });
  const unsubscribe = browserPhone.subscribe(follow);
  return () => {
    unsubscribe();
    stop.abort();
    silenceRing();
    hideCallNotice();
  };
}
