import { T1, T2, T4, transactionTimeout } from './timer-values.ts';
import type { TimerName } from './timer-values.ts';
import { start, stop } from './transaction-effect.ts';
import type { TransactionEffect, Transition } from './transaction-effect.ts';

/**
 * RFC 3261 figure 7 with RFC 6026 figure 7.1:
 * proceeding → completed (300–699) → confirmed (ACK), or → accepted (2xx) → terminated.
 */
export interface InviteServerState {
  readonly phase: 'proceeding' | 'completed' | 'confirmed' | 'accepted' | 'terminated';
  readonly reliable: boolean;
  /** Milliseconds until the next retransmission of the final answer. */
  readonly interval: number;
  /** Whether there is a response that a repeated INVITE can be answered with. */
  readonly hasAnswered: boolean;
}

export type InviteServerInput =
  /** The INVITE again. */
  | { readonly kind: 'request' }
  | { readonly kind: 'ack' }
  /** The transaction user answers. */
  | { readonly kind: 'respond'; readonly status: number }
  | { readonly kind: 'timer'; readonly timer: TimerName }
  | { readonly kind: 'transport-error' };

export function inviteServerStart(reliable: boolean): InviteServerState {
  return { phase: 'proceeding', reliable, interval: T1, hasAnswered: false };
}

export function nextInviteServer(state: InviteServerState, input: InviteServerInput): Transition<InviteServerState> {
  switch (input.kind) {
    case 'request':
      return onRequest(state);
    case 'ack':
      return onAck(state);
    case 'respond':
      return onRespond(state, input.status);
    case 'timer':
      return onTimer(state, input.timer);
    case 'transport-error':
      return onTransportError(state);
  }
}

function onRequest(state: InviteServerState): Transition<InviteServerState> {
  const repeats = (state.phase === 'proceeding' && state.hasAnswered) || state.phase === 'completed';
  // RFC 6026 §7.1: in accepted, repeated INVITEs are absorbed; the dialog repeats its 2xx by itself.
  return { state, effects: repeats ? [{ kind: 'send' }] : [] };
}

function onAck(state: InviteServerState): Transition<InviteServerState> {
  // RFC 6026 §7.1: an ACK that matches in accepted belongs to the dialog.
  if (state.phase === 'accepted') return { state, effects: [{ kind: 'deliver' }] };
  if (state.phase !== 'completed') return stay(state);
  const quiet: readonly TransactionEffect[] = [stop('G'), stop('H')];
  // RFC 3261 §17.2.1: timer I is zero over reliable transports.
  if (state.reliable) return { state: to(state, 'terminated'), effects: quiet };
  return { state: to(state, 'confirmed'), effects: [...quiet, start('I', T4)] };
}

function onRespond(state: InviteServerState, status: number): Transition<InviteServerState> {
  // RFC 6026 §7.1: the dialog repeats its 2xx through the accepted transaction.
  if (state.phase === 'accepted') return { state, effects: status < 300 && status >= 200 ? [{ kind: 'send' }] : [] };
  if (state.phase !== 'proceeding') return stay(state);
  if (status < 200) return { state: { ...state, hasAnswered: true }, effects: [{ kind: 'send' }] };
  if (status < 300) {
    return { state: to(state, 'accepted'), effects: [{ kind: 'send' }, start('L', transactionTimeout)] };
  }
  const retransmit = state.reliable ? [] : [start('G', state.interval)];
  return { state: to(state, 'completed'), effects: [{ kind: 'send' }, ...retransmit, start('H', transactionTimeout)] };
}

function onTimer(state: InviteServerState, timer: TimerName): Transition<InviteServerState> {
  if (state.phase === 'completed' && timer === 'G') {
    const interval = Math.min(state.interval * 2, T2);
    return { state: { ...state, interval }, effects: [{ kind: 'send' }, start('G', interval)] };
  }
  if (state.phase === 'completed' && timer === 'H') {
    return { state: to(state, 'terminated'), effects: [stop('G'), { kind: 'timed-out' }] };
  }
  const isOver = (state.phase === 'confirmed' && timer === 'I') || (state.phase === 'accepted' && timer === 'L');
  return isOver ? { state: to(state, 'terminated'), effects: [] } : stay(state);
}

function onTransportError(state: InviteServerState): Transition<InviteServerState> {
  // RFC 6026 §8.8: no state change on a transport error; the timers decide. The user is told.
  return { state, effects: state.phase === 'terminated' ? [] : [{ kind: 'failed' }] };
}

const stay = (state: InviteServerState): Transition<InviteServerState> => ({ state, effects: [] });
const to = (state: InviteServerState, phase: InviteServerState['phase']): InviteServerState => ({ ...state, phase });
