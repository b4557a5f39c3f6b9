import type { TimerName } from './timer-values.ts';

/** What a transaction machine asks its owner to do, in order. */
export type TransactionEffect =
  /** Client: the request, again or for the first time. Server: the last response. */
  | { readonly kind: 'send' }
  /** Client: the ACK for a final answer of 300 or above, RFC 3261 §17.1.1.3. */
  | { readonly kind: 'send-ack' }
  /** Hand the input's message to the transaction user. */
  | { readonly kind: 'deliver' }
  | { readonly kind: 'start-timer'; readonly timer: TimerName; readonly milliseconds: number }
  | { readonly kind: 'stop-timer'; readonly timer: TimerName }
  /** Tell the transaction user: no answer (client) or no ACK (server). */
  | { readonly kind: 'timed-out' }
  /** Tell the transaction user: the transport failed. */
  | { readonly kind: 'failed' };

/** What every machine is: a function from state and input to the next state and effects. */
export interface Transition<State> {
  readonly state: State;
  readonly effects: readonly TransactionEffect[];
}

export const start = (timer: TimerName, milliseconds: number): TransactionEffect => ({
  kind: 'start-timer',
  timer,
  milliseconds,
});
export const stop = (timer: TimerName): TransactionEffect => ({ kind: 'stop-timer', timer });
