import { T1, T2, T4, transactionTimeout } from './timer-values.ts';
import type { TimerName } from './timer-values.ts';
import { start, stop } from './transaction-effect.ts';
import type { Transition } from './transaction-effect.ts';

/** RFC 3261 figure 6: trying → proceeding → completed → terminated. */
export interface NonInviteClientState {
  readonly phase: 'initial' | 'trying' | 'proceeding' | 'completed' | 'terminated';
  readonly reliable: boolean;
  /** Milliseconds until the next retransmission. */
  readonly interval: number;
}

export type NonInviteClientInput =
  | { readonly kind: 'start' }
  /** The user turns elsewhere: no more repetitions, and no answer is wanted. */
  | { readonly kind: 'abandon' }
  | { readonly kind: 'response'; readonly status: number }
  | { readonly kind: 'timer'; readonly timer: TimerName }
  | { readonly kind: 'transport-error' };

export function nonInviteClientStart(reliable: boolean): NonInviteClientState {
  return { phase: 'initial', reliable, interval: T1 };
}

export function nextNonInviteClient(
  state: NonInviteClientState,
  input: NonInviteClientInput,
): Transition<NonInviteClientState> {
  if (input.kind === 'start') return begin(state);
  if (input.kind === 'abandon') return isOpen(state) ? { state: to(state, 'terminated'), effects: [] } : stay(state);
  if (input.kind === 'response') return onResponse(state, input.status);
  if (input.kind === 'timer') return onTimer(state, input.timer);
  return isOpen(state)
    ? { state: to(state, 'terminated'), effects: [stop('E'), stop('F'), { kind: 'failed' }] }
    : stay(state);
}

function begin(state: NonInviteClientState): Transition<NonInviteClientState> {
  if (state.phase !== 'initial') return stay(state);
  const retransmit = state.reliable ? [] : [start('E', state.interval)];
  return { state: to(state, 'trying'), effects: [{ kind: 'send' }, ...retransmit, start('F', transactionTimeout)] };
}

function onResponse(state: NonInviteClientState, status: number): Transition<NonInviteClientState> {
  if (!isOpen(state)) return stay(state);
  if (status < 200) return { state: to(state, 'proceeding'), effects: [{ kind: 'deliver' }] };
  const answered = [stop('E'), stop('F'), { kind: 'deliver' } as const];
  // RFC 3261 §17.1.2.2: timer K is zero over reliable transports.
  if (state.reliable) return { state: to(state, 'terminated'), effects: answered };
  return { state: to(state, 'completed'), effects: [...answered, start('K', T4)] };
}

function onTimer(state: NonInviteClientState, timer: TimerName): Transition<NonInviteClientState> {
  if (isOpen(state) && timer === 'E') {
    // §17.1.2.2: doubling up to T2 while trying, T2 when a provisional answer has come.
    const interval = state.phase === 'trying' ? Math.min(state.interval * 2, T2) : T2;
    return { state: { ...state, interval }, effects: [{ kind: 'send' }, start('E', interval)] };
  }
  if (isOpen(state) && timer === 'F') {
    return { state: to(state, 'terminated'), effects: [stop('E'), { kind: 'timed-out' }] };
  }
  const isOver = state.phase === 'completed' && timer === 'K';
  return isOver ? { state: to(state, 'terminated'), effects: [] } : stay(state);
}

const isOpen = (state: NonInviteClientState): boolean => state.phase === 'trying' || state.phase === 'proceeding';
const stay = (state: NonInviteClientState): Transition<NonInviteClientState> => ({ state, effects: [] });
const to = (state: NonInviteClientState, phase: NonInviteClientState['phase']): NonInviteClientState => ({
  ...state,
  phase,
});
