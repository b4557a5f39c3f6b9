import { T1, transactionTimeout } from '../transactions/timer-values.ts';

/**
 * One reliable provisional response until its PRACK, RFC 3262 §3:
 * waiting → acknowledged, → abandoned after 64·T1, or → quiet when the final answer went out first.
 */
export interface ReliableState {
  readonly phase: 'waiting' | 'quiet' | 'acknowledged' | 'abandoned';
  /** Milliseconds until the next repetition. */
  readonly interval: number;
  /** Milliseconds since the first. */
  readonly elapsed: number;
}

export type ReliableInput = 'timer' | 'prack' | 'final';

export interface ReliableStep {
  readonly state: ReliableState;
  readonly effect: 'repeat' | 'give-up' | 'acknowledged' | 'stop' | 'none';
}

export const reliableStart: ReliableState = { phase: 'waiting', interval: T1, elapsed: 0 };

export function nextReliable(state: ReliableState, input: ReliableInput): ReliableStep {
  const isOpen = state.phase === 'waiting' || state.phase === 'quiet';
  // §3: a PRACK may come after the final answer, too.
  if (input === 'prack' && isOpen) return { state: { ...state, phase: 'acknowledged' }, effect: 'acknowledged' };
  if (state.phase !== 'waiting') return { state, effect: 'none' };
  if (input === 'final') return { state: { ...state, phase: 'quiet' }, effect: 'stop' };
  const elapsed = state.elapsed + state.interval;
  if (elapsed >= transactionTimeout) return { state: { ...state, elapsed, phase: 'abandoned' }, effect: 'give-up' };
  // §3: the interval doubles without bound.
  const interval = Math.min(state.interval * 2, transactionTimeout - elapsed);
  return { state: { ...state, elapsed, interval }, effect: 'repeat' };
}

/** §4: the first of a dialog counts, then each that is one higher; others are neither acknowledged nor told. */
export function followsReliably(last: number | undefined, rseq: number): boolean {
  return last === undefined || rseq === last + 1;
}
