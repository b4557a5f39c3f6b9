import type { TerminationReason } from '../messages/subscription-state.ts';

/**
 * A subscription as its notifier holds it, RFC 6665 §4.2: pending → active → terminated. At most one NOTIFY is under
 * way; news that come meanwhile wait, and go out together with the newest state.
 */
export interface SubscriptionState {
  readonly phase: 'pending' | 'active' | 'terminated';
  /** A NOTIFY waits for its answer. */
  readonly isNotifying: boolean;
  /** Something is to be told once that answer has come. */
  readonly hasNews: boolean;
  /** Only when terminated. */
  readonly reason?: TerminationReason;
}

export type SubscriptionInput =
  /** SUBSCRIBE again; 0 seconds end it (§4.2.1.4). */
  | { readonly kind: 'refreshed'; readonly seconds: number }
  /** The owner has news, or grants a pending subscription. */
  | { readonly kind: 'changed'; readonly phase: 'pending' | 'active' }
  | { readonly kind: 'ended'; readonly reason: TerminationReason }
  | { readonly kind: 'expired' }
  /** The answer to our NOTIFY; 408 when none came, 503 when the subscriber cannot be reached. */
  | { readonly kind: 'notified'; readonly status: number };

export type SubscriptionEffect =
  | { readonly kind: 'notify' }
  | { readonly kind: 'start-expiry'; readonly seconds: number }
  | { readonly kind: 'stop-expiry' }
  /** Told once: by the subscriber, its silence, time, or our owner. */
  | { readonly kind: 'over'; readonly cause: SubscriptionEndCause };

export type SubscriptionEndCause =
  /** SUBSCRIBE with Expires 0. */
  | 'unsubscribed'
  /** Not refreshed in time. */
  | 'expired'
  /** By the owner. */
  | 'terminated'
  /** A NOTIFY was answered 481 or not at all. */
  | 'gone';

export interface SubscriptionStep {
  readonly state: SubscriptionState;
  readonly effects: readonly SubscriptionEffect[];
}

export function subscriptionStart(phase: 'pending' | 'active'): SubscriptionState {
  return { phase, isNotifying: false, hasNews: false };
}

const endingStatuses = [404, 405, 408, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 502, 503, 604];

/** RFC 6665 §4.2.2, RFC 5057 §5.1: an answer to a NOTIFY after which there is nobody to notify. */
export function endsSubscription(status: number): boolean {
  return endingStatuses.includes(status);
}

export function nextSubscription(state: SubscriptionState, input: SubscriptionInput): SubscriptionStep {
  if (input.kind === 'notified') return onAnswer(state, input.status);
  if (state.phase === 'terminated') return { state, effects: [] };
  switch (input.kind) {
    case 'refreshed':
      if (input.seconds === 0) return finish(state, 'timeout', 'unsubscribed');
      return tell(state, [{ kind: 'start-expiry', seconds: input.seconds }]);
    case 'changed':
      // §4.1.2: an active subscription does not become pending again.
      return tell({ ...state, phase: state.phase === 'active' ? 'active' : input.phase }, []);
    case 'expired':
      return finish(state, 'timeout', 'expired');
    case 'ended':
      return finish(state, input.reason, 'terminated');
  }
}

function finish(state: SubscriptionState, reason: TerminationReason, cause: SubscriptionEndCause): SubscriptionStep {
  const step = tell({ ...state, phase: 'terminated', reason }, [{ kind: 'stop-expiry' }]);
  return { state: step.state, effects: [...step.effects, { kind: 'over', cause }] };
}

function tell(state: SubscriptionState, before: readonly SubscriptionEffect[]): SubscriptionStep {
  if (state.isNotifying) return { state: { ...state, hasNews: true }, effects: before };
  return { state: { ...state, isNotifying: true, hasNews: false }, effects: [...before, { kind: 'notify' }] };
}

function onAnswer(state: SubscriptionState, status: number): SubscriptionStep {
  if (!state.isNotifying) return { state, effects: [] };
  const idle: SubscriptionState = { ...state, isNotifying: false };
  if (endsSubscription(status)) {
    const over: SubscriptionState = { ...idle, phase: 'terminated', hasNews: false };
    const effects: readonly SubscriptionEffect[] = [{ kind: 'stop-expiry' }, { kind: 'over', cause: 'gone' }];
    return { state: over, effects: state.phase === 'terminated' ? [] : effects };
  }
  return state.hasNews ? tell(idle, []) : { state: idle, effects: [] };
}
