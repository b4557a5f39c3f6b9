import type { IncomingRTCSessionEvent } from 'jssip/lib/UA';
import { announce } from '../../shared/announce/announcer.ts';
import { words } from '../../shared/language/words.ts';
import { browserPhone, changePhone, noPhone, withCall, type PhoneControls } from '../../shared/phone/browser-phone.ts';
import { readAudioDevices } from '../../shared/phone/audio-devices.ts';
import { isOwnCall } from '../../shared/phone/own-calls.ts';
import { closeMicrophone, MicrophoneProblem, openMicrophone } from '../audio/microphone.ts';
import { startRinging } from '../audio/ringing.ts';
import { qualityBetween, receivedSums, type ReceivedSums } from './line-quality.ts';
import { PhoneRegistration } from './registration.ts';
import { SipSession, type SessionEnd } from './sip-session.ts';

/** More at once are no work for one person; the house is told "busy here". */
const mostSessions = 4;
const qualityInterval = 2_000;

const sessions = new Map<string, SipSession>();
/** Calls that another tab of this person has started and will answer: they make no noise here. */
const silent = new Set<SipSession>();

const show = (): void =>
  changePhone({
    sessions: [...sessions.values()].filter((session) => !silent.has(session)).map((session) => session.view),
    ...(sessions.size === 0 ? { quality: undefined } : {}),
  });

const endSentences = {
  'answered-elsewhere': 'status.answeredElsewhere',
  'gone-before-answer': 'status.goneBeforeAnswer',
  'media-failed': 'status.mediaFailed',
  ended: 'status.ended',
} as const;

function ended(session: SipSession, how: SessionEnd): void {
  // The same call may already ring here again with a new INVITE.
  if (sessions.get(session.callId) === session) sessions.delete(session.callId);
  changePhone({ over: withCall(browserPhone.get().over, session.callId) });
  if (!silent.delete(session) && !browserPhone.get().refused.includes(session.callId))
    announce(words(endSentences[how]));
  show();
}

async function answer(session: SipSession): Promise<void> {
  try {
    await session.answer();
    changePhone({ microphone: 'ready' });
    void readAudioDevices();
  } catch (error) {
    if (error instanceof MicrophoneProblem) {
      changePhone({ microphone: error.reason });
      announce(words(`microphone.${error.reason}`));
    }
    if (session.own) session.hangUp();
  }
}

function invited(event: IncomingRTCSessionEvent): void {
  if (sessions.size >= mostSessions) {
    event.session.terminate({ status_code: 486 });
    return;
  }
  const session = new SipSession(event, { changed: show, ended });
  sessions.set(session.callId, session);
  const { refused, over } = browserPhone.get();
  const others = (callId: string): boolean => callId !== session.callId;
  changePhone({ refused: refused.filter(others), over: over.filter(others) });
  const { autoAnswerFor } = session.headers;
  if (autoAnswerFor === undefined) return show();
  silent.add(session);
  void isOwnCall(autoAnswerFor).then((own) => {
    if (!own || !silent.delete(session)) return;
    session.own = true;
    show();
    void answer(session);
  });
}

async function watchQuality(before: { session?: SipSession; sums?: ReceivedSums }): Promise<void> {
  const session = [...sessions.values()].find((one) => one.connection !== undefined);
  const sums =
    session?.connection === undefined ? undefined : await receivedSums(session.connection).catch(() => undefined);
  if (sums !== undefined && before.sums !== undefined && before.session === session) {
    const quality = qualityBetween(before.sums, sums);
    if (quality !== undefined) changePhone({ quality });
  }
  Object.assign(before, { session, sums });
}

/** Registers this tab; at most one tab of a browser does. */
export function startSipPhone(): PhoneControls {
  const registration = new PhoneRegistration({
    changed: (state) => changePhone({ registration: state }),
    invited,
    isIdle: () => sessions.size === 0,
  });
  const stopRinging = startRinging();
  const measured = {};
  const timer = setInterval(() => void watchQuality(measured), qualityInterval);
  const leaving = (event: BeforeUnloadEvent): void => {
    if (browserPhone.get().sessions.some((session) => session.state === 'connected')) event.preventDefault();
  };
  const left = (): void => void registration.close();
  addEventListener('beforeunload', leaving);
  addEventListener('pagehide', left);
  const controls: PhoneControls = {
    answer: (callId) => {
      const session = sessions.get(callId);
      if (session !== undefined) void answer(session);
    },
    reject: (callId) => {
      const session = sessions.get(callId);
      if (session === undefined) return;
      changePhone({ refused: withCall(browserPhone.get().refused, callId) });
      session.reject();
    },
    hangUp: (callId) => sessions.get(callId)?.hangUp(),
    setMuted: (callId, muted) => sessions.get(callId)?.setMuted(muted),
    sendDigit: (callId, digit) => sessions.get(callId)?.sendDigit(digit),
    checkMicrophone: async () => {
      try {
        closeMicrophone(await openMicrophone());
        changePhone({ microphone: 'ready' });
        await readAudioDevices();
      } catch (error) {
        changePhone({ microphone: error instanceof MicrophoneProblem ? error.reason : 'busy' });
      }
    },
    close: async () => {
      clearInterval(timer);
      removeEventListener('beforeunload', leaving);
      removeEventListener('pagehide', left);
      for (const session of sessions.values()) session.hangUp();
      stopRinging();
      await registration.close();
      sessions.clear();
      silent.clear();
      browserPhone.set(noPhone);
    },
  };
  if ('RTCPeerConnection' in globalThis) void registration.start();
  else changePhone({ registration: 'unsupported' });
  return controls;
}
