import { createStore, useStore } from '../look/store.ts';

/** One call of the browser phone, as signalling sees it. */
export interface PhoneSession {
  /** The call of the house this session belongs to. */
  readonly callId: string;
  readonly state: 'ringing' | 'answering' | 'connected';
  /** The call was started in this tab and answers itself. */
  readonly own: boolean;
  readonly muted: boolean;
  /** Who calls, as the INVITE shows it; the screen uses it until the house has told more. */
  readonly partyText: string;
  readonly subject: string | undefined;
  readonly startedAt: number;
}

export type Registration = 'starting' | 'registered' | 'lost' | 'refused' | 'unsupported';
export type Microphone = 'unknown' | 'ready' | 'blocked' | 'missing' | 'busy' | 'insecure';
export type LineQuality = 'good' | 'fair' | 'poor';

export interface BrowserPhoneState {
  readonly registration: Registration;
  readonly sessions: readonly PhoneSession[];
  /** Calls refused here whose end the house has not confirmed yet. */
  readonly refused: readonly string[];
  /** Calls whose sound here is over; while the line to the house is broken, nobody else can say so. */
  readonly over: readonly string[];
  readonly microphone: Microphone;
  /** Of the call in hand; undefined without one. */
  readonly quality: LineQuality | undefined;
  /** The browser plays no sound until somebody has clicked. */
  readonly ringToneBlocked: boolean;
}

/** What the screens may ask of it. All take effect later, as new state. */
export interface PhoneControls {
  answer(callId: string): void;
  reject(callId: string): void;
  hangUp(callId: string): void;
  setMuted(callId: string, muted: boolean): void;
  sendDigit(callId: string, digit: string): void;
  /** Asks for the microphone and gives it back at once. */
  checkMicrophone(): Promise<void>;
  /** Gives up the registration, ends calls; resolves when the house knows or after a second. */
  close(): Promise<void>;
}

export const noPhone: BrowserPhoneState = {
  registration: 'starting',
  sessions: [],
  refused: [],
  over: [],
  microphone: 'unknown',
  quality: undefined,
  ringToneBlocked: false,
};
const noControls: PhoneControls = {
  answer: () => undefined,
  reject: () => undefined,
  hangUp: () => undefined,
  setMuted: () => undefined,
  sendDigit: () => undefined,
  checkMicrophone: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

export const browserPhone = createStore<BrowserPhoneState>(noPhone);
/** Filled once the telephone part of the app has been loaded. */
export const phoneControls = createStore<PhoneControls>(noControls);

const mostRemembered = 20;
/** Adds a call to one of the short lists; the oldest are forgotten. */
export const withCall = (list: readonly string[], callId: string): readonly string[] =>
  [...list.filter((other) => other !== callId), callId].slice(-mostRemembered);

export const changePhone = (change: Partial<BrowserPhoneState>): void =>
  browserPhone.set({ ...browserPhone.get(), ...change });

export const useBrowserPhone = (): BrowserPhoneState => useStore(browserPhone);
export const usePhoneControls = (): PhoneControls => useStore(phoneControls);
