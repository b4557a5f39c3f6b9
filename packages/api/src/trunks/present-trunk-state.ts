import type { TrunkStateView } from '@amtsleitung/contract';
import type { TownDirectory, TrunkState, TrunkStates } from '@amtsleitung/domain';

/** How all trunks of one organisation are doing; one that was just created begins as `starting`. */
export const presentTrunkStates = (states: TrunkStates, { trunks }: TownDirectory, now: number): TrunkStateView[] =>
  trunks.map((trunk) => {
    const state = states.of(trunk.id);
    return state && state.tenantId === trunk.tenantId ? presentState(state) : notHeardOf(trunk.id, now);
  });

const presentState = ({ tenantId: _tenantId, calls, ...state }: TrunkState): TrunkStateView => ({
  ...state,
  calls: { incoming: calls.incoming, outgoing: calls.outgoing },
});

const notHeardOf = (trunkId: string, now: number): TrunkStateView => ({
  trunkId,
  status: 'starting',
  since: now,
  calls: { incoming: 0, outgoing: 0 },
});
