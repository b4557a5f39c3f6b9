import { transactionTimeout } from './timer-values.ts';
import type { TimerName } from './timer-values.ts';
import { start, stop } from './transaction-effect.ts';
import type { Transition } from './transaction-effect.ts';

/** RFC 3261 figure 8: trying → proceeding → completed → terminated. */
export interface NonInviteServerState {
  readonly phase: 'trying' | 'proceeding' | 'completed' | 'terminated';
  readonly reliable: boolean;
}

export type NonInviteServerInput =
  /** The request again. */
  | { readonly kind: 'request' }
  /** The transaction user answers. */
  | { readonly kind: 'respond'; readonly status: number }
  | { readonly kind: 'timer'; readonly timer: TimerName }
  | { readonly kind: 'transport-error' };

export function nonInviteServerStart(reliable: boolean): NonInviteServerState {
  return { phase: 'trying', reliable };
}

export function nextNonInviteServer(
  state: NonInviteServerState,
  input: NonInviteServerInput,
): Transition<NonInviteServerState> {
  switch (input.kind) {
    case 'request':
      // RFC 3261 §17.2.2: nothing to repeat while trying.
      return { state, effects: state.phase === 'proceeding' || state.phase === 'completed' ? [{ kind: 'send' }] : [] };
    case 'respond':
      return onRespond(state, input.status);
    case 'timer':
      return { state: state.phase === 'completed' ? to(state, 'terminated') : state, effects: [] };
    case 'transport-error':
      return onTransportError(state);
  }
}

function onRespond(state: NonInviteServerState, status: number): Transition<NonInviteServerState> {
  if (state.phase !== 'trying' && state.phase !== 'proceeding') return { state, effects: [] };
  if (status < 200) return { state: to(state, 'proceeding'), effects: [{ kind: 'send' }] };
  // §17.2.2: timer J is zero over reliable transports.
  if (state.reliable) return { state: to(state, 'terminated'), effects: [{ kind: 'send' }] };
  return { state: to(state, 'completed'), effects: [{ kind: 'send' }, start('J', transactionTimeout)] };
}

function onTransportError(state: NonInviteServerState): Transition<NonInviteServerState> {
  if (state.phase === 'trying' || state.phase === 'terminated') return { state, effects: [] };
  return { state: to(state, 'terminated'), effects: [stop('J'), { kind: 'failed' }] };
}

const to = (state: NonInviteServerState, phase: NonInviteServerState['phase']): NonInviteServerState => ({
  ...state,
  phase,
});
