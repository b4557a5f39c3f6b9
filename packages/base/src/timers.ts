/** A pending timer. Cancelling twice, or after it fired, does nothing. */
export interface Timer {
  cancel(): void;
}

/** Schedules callbacks; the only way protocol and domain code waits. */
export interface Timers {
  /** Calls `fire` once, `milliseconds` from now. */
  after(milliseconds: number, fire: () => void): Timer;
}

/** Timers of the running process. They never keep the process alive by themselves. */
export const systemTimers: Timers = {
  after(milliseconds, fire) {
    const handle = setTimeout(fire, milliseconds);
    handle.unref();
    return { cancel: () => clearTimeout(handle) };
  },
};
