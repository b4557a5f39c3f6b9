import { idleSince, isReady, type AgentState } from './agent-state.ts';
import type { WaitingCall } from './waiting-call.ts';

export interface ChosenOffer {
  readonly call: WaitingCall;
  readonly agent: AgentState;
}

/**
 * Strategy "longest idle": the oldest caller over all hotlines first, to the ready agent of that hotline who has been
 * idle longest; agents who had this call already come last. A pure function over a snapshot; never reserves twice.
 */
export function chooseOffers(
  calls: readonly WaitingCall[],
  agents: readonly AgentState[],
  now: number,
): readonly ChosenOffer[] {
  const ready = new Set(agents.filter((agent) => isReady(agent, now)));
  const chosen: ChosenOffer[] = [];
  for (const call of calls) {
    if (ready.size === 0) break;
    if (call.offer) continue;
    const agent = bestAgent(call, ready);
    if (!agent) continue;
    ready.delete(agent);
    chosen.push({ call, agent });
  }
  return chosen;
}

function bestAgent(call: WaitingCall, ready: ReadonlySet<AgentState>): AgentState | undefined {
  let best: AgentState | undefined;
  for (const agent of ready) {
    if (agent.hotlineIds.has(call.hotlineId) && (!best || comesBefore(agent, best, call))) best = agent;
  }
  return best;
}

function comesBefore(left: AgentState, right: AgentState, call: WaitingCall): boolean {
  const tried = Number(call.tried.has(left.personId)) - Number(call.tried.has(right.personId));
  const idle = idleSince(left) - idleSince(right);
  return (tried || idle || (left.personId < right.personId ? -1 : 1)) < 0;
}
