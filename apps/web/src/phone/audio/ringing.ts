import { browserPhone } from '../../shared/phone/browser-phone.ts';
import { hideCallNotice, showCallNotice } from './call-notice.ts';
import { knock, ring, silenceRing } from './ring-tone.ts';

/** Rings, knocks and shows notices for what the browser phone is offered. Returns what ends it. */
export function startRinging(): () => void {
  const knocked = new Set<string>();
  const follow = (): void => {
    const { sessions } = browserPhone.get();
    const offered = sessions.filter((session) => session.state === 'ringing' && !session.own);
    const talking = sessions.some((session) => session.state === 'connected');
    for (const callId of [...knocked]) if (!offered.some((one) => one.callId === callId)) knocked.delete(callId);
    const [first] = offered;
    if (first === undefined) hideCallNotice();
    if (first === undefined || talking) silenceRing();
    else ring();
    for (const { callId, subject } of offered.filter((one) => !knocked.has(one.callId))) {
      knocked.add(callId);
      showCallNotice(subject);
      if (talking) knock();
    }
  };
  const unsubscribe = browserPhone.subscribe(follow);
  return () => {
    unsubscribe();
    silenceRing();
    hideCallNotice();
  };
}
