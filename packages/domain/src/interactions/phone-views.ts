import type { ShownParty } from '../calls/call-control.ts';
import type { Call } from './call.ts';
import type { PhoneCall, PhoneCallState } from './phone-state.ts';
import type { Side } from './side.ts';
import type { PersonView } from './stage.ts';

/** What a person on this call sees of it: the other side, and the hotline only if they serve it. */
export function viewOf(
  call: Call,
  personId: string | undefined,
  state: PhoneCallState,
  party: ShownParty,
  more: Partial<PhoneCall> = {},
): readonly PersonView[] {
  if (personId === undefined) return [];
  const service = call.service?.personId === personId ? call.service : undefined;
  const connectedAt = call.talk.connectedAt(personId);
  const shown: PhoneCall = {
    callId: call.id,
    state,
    direction: call.start.direction,
    party,
    arrivedAt: call.arrivedAt,
    ...(connectedAt === undefined ? {} : { connectedAt }),
    ...(service ? { hotlineId: service.hotlineId, ...service.queue } : {}),
    ...more,
  };
  return [{ personId, call: shown }];
}

/** The caller's screen while nobody has answered yet. */
export const callerView = (call: Call, caller: Side): readonly PersonView[] =>
  viewOf(call, caller.personId, 'dialling', call.target);

/** Who hung up, for the record. */
export const hungUpBy = (side: Side, by: 'remote' | 'local' | 'lost'): 'caller' | 'callee' | 'system' =>
  by !== 'remote' ? 'system' : side.isCaller ? 'caller' : 'callee';
