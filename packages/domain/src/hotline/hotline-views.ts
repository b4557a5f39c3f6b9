import { isReady, type AgentState } from './agent-state.ts';
import type { HotlineLive, MyHotlines } from './agent-desk.ts';
import type { Hall } from './hall.ts';

/** The hotlines a person is a member of, as their own screen shows them. */
export function myHotlines(halls: readonly Hall[], personId: string): MyHotlines {
  const paused = halls.some((hall) => hall.agent(personId)?.paused);
  const hotlines = halls.flatMap((hall) =>
    hall.hotlines
      .filter(({ memberIds }) => memberIds.includes(personId))
      .map(({ id }) => {
        const waiting = hall.waiting(id);
        const loggedIn = hall.agent(personId)?.hotlineIds.has(id) ?? false;
        const longest = waiting[0] ? { longestSince: waiting[0].since } : {};
        return { hotlineId: id, loggedIn, waiting: waiting.length, ...longest };
      }),
  );
  return { personId, paused, hotlines };
}

/** The live part of the board: sums, no names, no numbers. */
export function liveHotlines(
  hall: Hall,
  isOpen: (hotlineId: string) => boolean,
  isTalking: (personId: string) => boolean,
  now: number,
): readonly HotlineLive[] {
  return hall.hotlines.map(({ id }) => ({
    hotlineId: id,
    open: isOpen(id),
    waiting: hall.waiting(id).map(({ callId, since, offer }) => ({ callId, since, ringing: offer !== undefined })),
    agents: countAgents(
      hall.agents.filter(({ hotlineIds }) => hotlineIds.has(id)),
      isTalking,
      now,
    ),
  }));
}

/** Who could take a call now (a ringing phone included), who is on one, who cannot. */
function countAgents(agents: readonly AgentState[], isTalking: (personId: string) => boolean, now: number) {
  const onCall = agents.filter(({ personId }) => isTalking(personId)).length;
  const ready = agents.filter((agent) => !isTalking(agent.personId) && (isReady(agent, now) || agent.offerId)).length;
  return { ready, onCall, notReady: agents.length - onCall - ready };
}
