import { T1, timerD, transactionTimeout } from './timer-values.ts';
import type { TimerName } from './timer-values.ts';
import { start, stop } from './transaction-effect.ts';
import type { Transition } from './transaction-effect.ts';

/**
 * RFC 3261 figure 5 with RFC 6026 figure 7.3:
 * calling → proceeding → completed (300–699) or accepted (2xx) → terminated.
 */
export interface InviteClientState {
  readonly phase: 'initial' | 'calling' | 'proceeding' | 'completed' | 'accepted' | 'terminated';
  readonly reliable: boolean;
  /** Milliseconds until the next retransmission. */
  readonly interval: number;
}

export type InviteClientInput =
  | { readonly kind: 'start' }
  /** The user turns elsewhere: no more repetitions, but a late answer is still heard. */
  | { readonly kind: 'abandon' }
  | { readonly kind: 'response'; readonly status: number }
  | { readonly kind: 'timer'; readonly timer: TimerName }
  | { readonly kind: 'transport-error' };

export function inviteClientStart(reliable: boolean): InviteClientState {
  return { phase: 'initial', reliable, interval: T1 };
}

export function nextInviteClient(state: InviteClientState, input: InviteClientInput): Transition<InviteClientState> {
  if (input.kind === 'start') return begin(state);
  if (input.kind === 'abandon') return { state, effects: state.phase === 'calling' ? [stop('A')] : [] };
  if (input.kind === 'response') return onResponse(state, input.status);
  if (input.kind === 'timer') return onTimer(state, input.timer);
  return onTransportError(state);
}

function begin(state: InviteClientState): Transition<InviteClientState> {
  if (state.phase !== 'initial') return stay(state);
  // RFC 3261 §17.1.1.2: timer A only over unreliable transports.
  const retransmit = state.reliable ? [] : [start('A', state.interval)];
  return { state: to(state, 'calling'), effects: [{ kind: 'send' }, ...retransmit, start('B', transactionTimeout)] };
}

function onResponse(state: InviteClientState, status: number): Transition<InviteClientState> {
  switch (state.phase) {
    case 'calling':
    case 'proceeding':
      return firstAnswers(state, status);
    case 'completed':
      // §17.1.1.2: a repeated final answer means that our ACK was lost.
      return { state, effects: status >= 300 ? [{ kind: 'send-ack' }] : [] };
    case 'accepted':
      // RFC 6026 §8.4: repeated and forked 2xx go to the dialog, which acknowledges.
      return { state, effects: status >= 200 && status < 300 ? [{ kind: 'deliver' }] : [] };
    default:
      return stay(state);
  }
}

function firstAnswers(state: InviteClientState, status: number): Transition<InviteClientState> {
  const quiet = state.phase === 'calling' ? [stop('A'), stop('B')] : [];
  if (status < 200) return { state: to(state, 'proceeding'), effects: [...quiet, { kind: 'deliver' }] };
  if (status < 300) {
    return { state: to(state, 'accepted'), effects: [...quiet, { kind: 'deliver' }, start('M', transactionTimeout)] };
  }
  const acknowledged = [...quiet, { kind: 'send-ack' } as const, { kind: 'deliver' } as const];
  // §17.1.1.2: timer D is zero over reliable transports.
  if (state.reliable) return { state: to(state, 'terminated'), effects: acknowledged };
  return { state: to(state, 'completed'), effects: [...acknowledged, start('D', timerD)] };
}

function onTimer(state: InviteClientState, timer: TimerName): Transition<InviteClientState> {
  if (state.phase === 'calling' && timer === 'A') {
    const interval = state.interval * 2;
    return { state: { ...state, interval }, effects: [{ kind: 'send' }, start('A', interval)] };
  }
  if (state.phase === 'calling' && timer === 'B') {
    return { state: to(state, 'terminated'), effects: [stop('A'), { kind: 'timed-out' }] };
  }
  const isOver = (state.phase === 'completed' && timer === 'D') || (state.phase === 'accepted' && timer === 'M');
  return isOver ? { state: to(state, 'terminated'), effects: [] } : stay(state);
}

function onTransportError(state: InviteClientState): Transition<InviteClientState> {
  switch (state.phase) {
    case 'calling':
    case 'proceeding':
      return { state: to(state, 'terminated'), effects: [stop('A'), stop('B'), { kind: 'failed' }] };
    case 'completed':
      // §17.1.1.2: the ACK could not be sent.
      return { state: to(state, 'terminated'), effects: [stop('D')] };
    default:
      return stay(state);
  }
}

const stay = (state: InviteClientState): Transition<InviteClientState> => ({ state, effects: [] });
const to = (state: InviteClientState, phase: InviteClientState['phase']): InviteClientState => ({ ...state, phase });
