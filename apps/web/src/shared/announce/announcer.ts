import { createStore } from '../look/store.ts';

/** What the two live regions of the shell hold. */
export const alertText = createStore('');
export const statusText = createStore('');

const pause = 1000;
let waiting: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let spokenAt = -pause;

const speak = (): void => {
  timer = undefined;
  if (waiting === undefined) return;
  spokenAt = performance.now();
  statusText.set(statusText.get() === waiting ? `${waiting}\u00a0` : waiting);
  waiting = undefined;
};

/** Own results, politely: at most one a second, the last wins. */
export function announce(sentence: string): void {
  waiting = sentence;
  timer ??= setTimeout(speak, Math.max(0, spokenAt + pause - performance.now()));
}

/** For ringing only, once per offer; an empty sentence clears the region. */
export const announceRinging = (sentence: string): void => alertText.set(sentence);
