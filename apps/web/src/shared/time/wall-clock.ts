import { useSyncExternalStore } from 'react';
import { createStore } from '../look/store.ts';

/** Server time minus this computer's time in milliseconds; office computers are often minutes off. */
export const clockOffset = createStore(0);

/** The server's wall time in milliseconds since 1970 UTC, as far as we know it. */
export const serverNow = (): number => Date.now() + clockOffset.get();

/** Takes a time the server just sent. Small changes are noise of the network and would make timers stutter. */
export function learnServerTime(at: number): void {
  const offset = at - Date.now();
  if (Math.abs(offset - clockOffset.get()) > 750) clockOffset.set(offset);
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let second = Math.floor(Date.now() / 1000);

const tick = (): void => {
  second = Math.floor(Date.now() / 1000);
  for (const listener of [...listeners]) listener();
};
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  timer ??= setInterval(tick, 500);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
};

/** The server's time, drawn again every second. */
export function useNow(): number {
  useSyncExternalStore(subscribe, () => second);
  return serverNow();
}
