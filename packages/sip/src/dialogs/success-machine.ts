import { T1, T2, transactionTimeout } from '../transactions/timer-values.ts';

/**
 * Our 2xx to an INVITE until its ACK, RFC 3261 §13.3.1.4: waiting → acknowledged, or → abandoned after 64·T1.
 * It is repeated over every transport, because proxies on the way may use UDP.
 */
export interface SuccessState {
  readonly phase: 'waiting' | 'acknowledged' | 'abandoned';
  /** Milliseconds until the next repetition. */
  readonly interval: number;
  /** Milliseconds since the first. */
  readonly elapsed: number;
}

export type SuccessInput = 'timer' | 'ack';

export interface SuccessStep {
  readonly state: SuccessState;
  readonly effect: 'repeat' | 'give-up' | 'acknowledged' | 'none';
}

export const successStart: SuccessState = { phase: 'waiting', interval: T1, elapsed: 0 };

export function nextSuccess(state: SuccessState, input: SuccessInput): SuccessStep {
  if (state.phase !== 'waiting') return { state, effect: 'none' };
  if (input === 'ack') return { state: { ...state, phase: 'acknowledged' }, effect: 'acknowledged' };
  const elapsed = state.elapsed + state.interval;
  if (elapsed >= transactionTimeout) return { state: { ...state, elapsed, phase: 'abandoned' }, effect: 'give-up' };
  const interval = Math.min(state.interval * 2, T2, transactionTimeout - elapsed);
  return { state: { ...state, elapsed, interval }, effect: 'repeat' };
}
