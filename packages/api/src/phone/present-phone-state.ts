import type { PhoneCallView, PhoneStateView } from '@amtsleitung/contract';
import { indexOf, type PhoneCall, type PhoneState, type TownDirectory } from '@amtsleitung/domain';
import { partyText } from './present-party.ts';

/** Only ever for the person whose phone it is. */
export function presentPhoneState(state: PhoneState, reachable: boolean, directory: TownDirectory): PhoneStateView {
  const { wrapUp } = state;
  return {
    calls: state.calls.map((call) => presentPhoneCall(call, directory)),
    ...(wrapUp && {
      wrapUp: {
        callId: wrapUp.callId,
        hotlineId: wrapUp.hotlineId,
        hotlineName: hotlineName(wrapUp.hotlineId, directory) ?? '',
        endsAt: wrapUp.endsAt,
      },
    }),
    reachable,
  };
}

function presentPhoneCall(call: PhoneCall, directory: TownDirectory): PhoneCallView {
  return {
    callId: call.callId,
    state: call.state,
    direction: call.direction,
    party: { number: call.party.number, name: call.party.name },
    partyText: partyText(call.party, directory),
    hotlineId: call.hotlineId,
    hotlineName: call.hotlineId && hotlineName(call.hotlineId, directory),
    arrivedAt: call.arrivedAt,
    connectedAt: call.connectedAt,
    waitedMilliseconds: call.waitedMilliseconds,
    queuedAt: call.queuedAt,
    transferTarget: call.transferTarget,
    orbit: call.orbit,
    opensDoor: call.opensDoor,
  };
}

const hotlineName = (hotlineId: string, directory: TownDirectory): string | undefined =>
  indexOf(directory).hotline(hotlineId)?.name;
