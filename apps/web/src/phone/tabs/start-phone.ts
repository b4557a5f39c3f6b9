import {
  browserPhone,
  changePhone,
  noPhone,
  phoneControls,
  type PhoneControls,
} from '../../shared/phone/browser-phone.ts';
import { noteStarted, onStarted } from '../../shared/phone/own-calls.ts';
import { closeMicrophone, MicrophoneProblem, openMicrophone } from '../audio/microphone.ts';
import { startSipPhone } from '../sip/sip-phone.ts';
import { PhoneRelay, type RelayChannel } from './phone-relay.ts';

const lockName = 'amtsleitung-phone';

/** A hidden tab cannot show the browser's question for the microphone: the tab in view asks. */
async function askForMicrophone(): Promise<boolean> {
  try {
    closeMicrophone(await openMicrophone());
    return true;
  } catch (error) {
    changePhone({ microphone: error instanceof MicrophoneProblem ? error.reason : 'busy' });
    return false;
  }
}

function controlsOf(relay: PhoneRelay, leads: () => boolean, close: () => Promise<void>): PhoneControls {
  const answer = async (callId: string): Promise<void> => {
    if (!leads() && browserPhone.get().microphone !== 'ready' && !(await askForMicrophone())) return;
    await relay.do({ name: 'answer', callId });
  };
  return {
    answer: (callId) => void answer(callId),
    reject: (callId) => void relay.do({ name: 'reject', callId }),
    hangUp: (callId) => void relay.do({ name: 'hangUp', callId }),
    setMuted: (callId, muted) => void relay.do({ name: 'setMuted', callId, muted }),
    sendDigit: (callId, digit) => void relay.do({ name: 'sendDigit', callId, digit }),
    checkMicrophone: async () => {
      if (leads() || (await askForMicrophone())) await relay.do({ name: 'checkMicrophone' });
    },
    close,
  };
}

/**
 * Makes this browser a phone of the person who is signed in. A credential belongs to a session and so to all tabs of
 * a browser: the oldest tab registers, the next takes over when it is closed. Returns what takes this tab out of it.
 */
export function startPhone(): () => void {
  let phone: PhoneControls | undefined;
  const ended = new AbortController();
  const relay = new PhoneRelay(new BroadcastChannel(lockName) as unknown as RelayChannel, {
    stateNow: () => browserPhone.get(),
    showState: (state) => browserPhone.set(state),
    noteStarted: (callId) => noteStarted(callId, false),
  });
  const stops = [
    browserPhone.subscribe(() => relay.tellState()),
    onStarted((callId, here) => {
      if (here) relay.tellStarted(callId);
    }),
  ];
  const lead = (): Promise<void> => {
    browserPhone.set(noPhone);
    phone = startSipPhone();
    relay.lead(phone);
    return new Promise((resolve) => ended.signal.addEventListener('abort', () => resolve()));
  };
  const leave = (): void => {
    if (ended.signal.aborted) return;
    for (const stop of stops) stop();
    relay.leave();
    void phone?.close();
    ended.abort();
    browserPhone.set(noPhone);
  };
  const closeEverywhere = async (): Promise<void> => {
    await relay.do({ name: 'close' });
    leave();
  };
  phoneControls.set(controlsOf(relay, () => phone !== undefined, closeEverywhere));
  // Without locks the page is not secure, and then there is no microphone either: one tab is as good as another.
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined) void lead();
  else locks.request(lockName, { signal: ended.signal }, lead).catch(() => undefined);
  return leave;
}
