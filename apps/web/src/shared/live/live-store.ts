import { livePath } from '@amtsleitung/contract';
import { createStore, useStore } from '../look/store.ts';
import { learnServerTime } from '../time/wall-clock.ts';
import { LiveLine, type LiveLineState, type LiveSocket } from './live-line.ts';
import { afterMessage, silentState, type LiveState } from './live-state.ts';

const state = createStore<LiveState>(silentState);
const lineState = createStore<LiveLineState>({ kind: 'connecting' });
/** When the last message came, this computer's time; 0: never. */
const heardAt = createStore(0);

const socketAddress = (): string => `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}${livePath}`;

const line = new LiveLine(
  {
    open: () => new WebSocket(socketAddress()) as unknown as LiveSocket,
    now: () => Date.now(),
    random: () => Math.random(),
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  },
  (message) => {
    heardAt.set(Date.now());
    if (message.topic === 'clock') learnServerTime(message.payload.at);
    if (message.topic === 'board') learnServerTime(message.payload.at);
    state.set(afterMessage(state.get(), message));
  },
  (next) => lineState.set(next),
);

const connectWhenOnline = (): void => {
  if (lineState.get().kind === 'broken') line.connectNow();
};

export const startLive = (): void => {
  line.start();
  addEventListener('online', connectWhenOnline);
};
/** Forgets everything that belonged to the person who has signed out. */
export const stopLive = (): void => {
  removeEventListener('online', connectWhenOnline);
  line.stop();
  state.set(silentState);
};
export const connectLiveNow = (): void => line.connectNow();
export const useLive = (): LiveState => useStore(state);
export const useLiveLine = (): LiveLineState => useStore(lineState);
export const useLastHeard = (): number => useStore(heardAt);
