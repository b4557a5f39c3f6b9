/** Wall and monotonic time, handed in so that tests own both. */
export interface Clock {
  /** Wall time in milliseconds since 1970-01-01 UTC. May jump. */
  now(): number;
  /** Milliseconds since some fixed point. Never jumps; use it for durations and timeouts. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
