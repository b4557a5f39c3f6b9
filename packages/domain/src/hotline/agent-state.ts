/** One agent as the distributor sees them. Times are monotonic milliseconds. */
export interface AgentState {
  readonly personId: string;
  readonly hotlineIds: ReadonlySet<string>;
  readonly paused: boolean;
  /** Has at least one registered device. */
  readonly reachable: boolean;
  /** When the last device went, or when they became an agent without one. */
  readonly unreachableSince?: number;
  /** Some call has them: ringing or talking, hotline or not. */
  readonly busy: boolean;
  /** Since when logged in, not paused and reachable all at once. */
  readonly readySince: number;
  /** End of the last hotline call, wrap-up included. */
  readonly lastDone?: number;
  /** Not offered anything before: they just missed or declined an offer. */
  readonly restUntil: number;
  /** The one open offer. */
  readonly offerId?: string;
  /** The hotline call they are on. */
  readonly call?: { readonly callId: string; readonly hotlineId: string; readonly order: number };
  readonly wrapUp?: WrapUp;
}

export interface WrapUp {
  readonly callId: string;
  readonly hotlineId: string;
  readonly startedAt: number;
  readonly endsAt: number;
}

export const newAgent = (personId: string, reachable: boolean, busy: boolean, now: number): AgentState => ({
  personId,
  hotlineIds: new Set(),
  paused: false,
  reachable,
  ...(reachable ? {} : { unreachableSince: now }),
  busy,
  readySince: 0,
  restUntil: 0,
});

/** Willing and able to take hotline calls, whatever they do right now. */
export const isOnDuty = (agent: AgentState): boolean => agent.hotlineIds.size > 0 && !agent.paused && agent.reachable;

/** May be offered a call at this moment, leaving aside a rest after a missed offer. */
export const isIdle = (agent: AgentState): boolean =>
  isOnDuty(agent) && !agent.busy && !agent.offerId && !agent.call && !agent.wrapUp;

export const isReady = (agent: AgentState, now: number): boolean => isIdle(agent) && agent.restUntil <= now;

/** Longest idle counts from the end of the last hotline call (wrap-up included), or since ready if later. */
export const idleSince = (agent: AgentState): number => Math.max(agent.lastDone ?? 0, agent.readySince);

/** How long a phone may be away before its agent counts as not there: a browser that restarts is back by then. */
const absenceMilliseconds = 60_000;

/** Until when this agent counts as there without a device. */
export const thereUntil = (agent: AgentState): number =>
  agent.reachable ? Number.POSITIVE_INFINITY : (agent.unreachableSince ?? 0) + absenceMilliseconds;

/** Applies a change and keeps `readySince`: coming on duty starts a new idle time. */
export function changeAgent(agent: AgentState, change: Partial<AgentState>, now: number): AgentState {
  const changed = { ...agent, ...change };
  if (agent.reachable && !changed.reachable) return { ...changed, unreachableSince: now };
  return !isOnDuty(agent) && isOnDuty(changed) ? { ...changed, readySince: now } : changed;
}
