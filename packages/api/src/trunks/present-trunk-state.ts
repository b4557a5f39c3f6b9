import type { TrunkStateView } from '@amtsleitung/contract';
import type { TownDirectory, TrunkState, TrunkStates } from '@amtsleitung/domain';

/** How all trunks of one organisation are doing; one that was just created begins as `starting`. */
export const presentTrunkStates = (states: TrunkStates, { trunks }: TownDirectory, now: number): TrunkStateView[] =>
  trunks.map((trunk) => {
    const state = states.of(trunk.id);
    return state && state.tenantId === trunk.tenantId ? presentState(state) : notHeardOf(trunk.id, now);
  });

const presentState = (state: TrunkState): TrunkStateView => ({
  trunkId: state.trunkId,
  status: state.status,
  since: state.since,
  registeredUntil: state.registeredUntil,
  server: state.server,
  roundTrip: state.roundTrip,
  lastError: state.lastError,
  calls: { incoming: state.calls.incoming, outgoing: state.calls.outgoing },
});

const notHeardOf = (trunkId: string, now: number): TrunkStateView => ({
  trunkId,
  status: 'starting',
  since: now,
  calls: { incoming: 0, outgoing: 0 },
});
