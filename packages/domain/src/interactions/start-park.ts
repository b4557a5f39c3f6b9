import type { Call } from './call.ts';
import type { CommandFailure } from './phone-state.ts';
import type { Side, Transferor } from './side.ts';

/** Puts `remaining` into an orbit, the one wanted or the lowest that is free; the parker's part is over. */
export function startPark(
  call: Call,
  remaining: Side,
  parker: Transferor,
  wanted?: string,
): CommandFailure | undefined {
  const orbit = call.house.parking.take(call.start.tenantId, call.id, wanted);
  if (orbit === undefined) return wanted === undefined ? 'limit-reached' : 'busy';
  call.publish({ kind: 'call-parked', callId: call.id, personId: parker.personId, orbit });
  call.hangUp(parker.leg);
  call.vacate(parker.personId);
  call.flow.park(remaining, parker, orbit);
  return undefined;
}
