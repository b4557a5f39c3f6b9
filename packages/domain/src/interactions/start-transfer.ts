import { routeCall, type RouteDecision } from '../dialplan/route-call.ts';
import { parseFeature } from '../features/feature-codes.ts';
import { numberIn } from '../features/number-in.ts';
import type { RoutedDestination } from '../events/call-events.ts';
import type { Hotline } from '../hotline/hotline.ts';
import { shownTarget } from './call-arrival.ts';
import type { Call } from './call.ts';
import { commandFailureOf } from './command-failure.ts';
import type { CommandFailure } from './phone-state.ts';
import { forwardedWay } from './forward-call.ts';
import type { RingTarget } from './ring-target.ts';
import type { Side, Transferor } from './side.ts';
import { startPark } from './start-park.ts';

/**
 * Blind transfer of `remaining` to what `transferor` dialled (perhaps behind `*31#`), with the transferor's rights. What can be told at once
 * (nobody there, busy, not permitted) is refused and the call stays as it is.
 */
export function startTransfer(
  call: Call,
  remaining: Side,
  transferor: Transferor,
  to: string,
): CommandFailure | undefined {
  const feature = parseFeature(to);
  if (feature?.kind === 'park') return startPark(call, remaining, transferor, feature.orbit);
  const { dialled, hideNumber } = numberIn(to);
  const origin = { kind: 'device', personId: transferor.personId } as const;
  const decision = routeCall(call.directory, { origin, dialled, at: call.house.clock.now() });
  switch (decision.kind) {
    case 'refused':
      return commandFailureOf(decision.failure);
    case 'emergency':
      return 'not-permitted';
    case 'hotline':
      return toHotline(call, remaining, transferor, decision.hotline);
    case 'person':
    case 'outside':
      return toTarget(call, remaining, transferor, decision, { dialled, hideNumber });
  }
}

function toHotline(call: Call, remaining: Side, transferor: Transferor, hotline: Hotline): CommandFailure | undefined {
  if (call.house.hotlines.refusalOf(hotline.id)) return 'not-reachable';
  call.house.control.park(remaining.leg);
  call.target = shownTarget(call.directory, { kind: 'hotline', hotline });
  leaveCall(call, transferor, { kind: 'hotline', hotlineId: hotline.id });
  call.flow.queue(remaining, hotline, { greeting: false });
  return undefined;
}

function toTarget(
  call: Call,
  remaining: Side,
  transferor: Transferor,
  decision: Extract<RouteDecision, { kind: 'person' | 'outside' }>,
  { dialled, hideNumber }: ReturnType<typeof numberIn>,
): CommandFailure | undefined {
  if (decision.kind === 'outside') {
    const target = call.charges.reserve(transferor.personId, decision);
    if (!target) return 'limit-reached';
    call.flow.transfer(remaining, transferor, hideNumber ? { ...target, hideNumber } : target, dialled);
    return undefined;
  }
  const { phone } = decision.person;
  const forwarded = forwardedWay(call, remaining, decision.person, phone.forwarding.always, []);
  if (forwarded?.kind === 'hotline') return toHotline(call, remaining, transferor, forwarded.hotline);
  const target: RingTarget = forwarded?.kind === 'person' || forwarded?.kind === 'outside' ? forwarded : decision;
  if (target.kind === 'person') {
    const { reachability, lines } = call.house;
    if (!reachability.isReachable(target.person.id)) return 'not-reachable';
    if (lines.isBusy(target.person.id) || target.person.phone.doNotDisturb) return 'busy';
  }
  call.flow.transfer(remaining, transferor, target, dialled);
  return undefined;
}

/** The transferor's part is over; the fact is recorded once. */
export function leaveCall(call: Call, transferor: Transferor, destination: RoutedDestination): void {
  call.publish({ kind: 'call-transferred', callId: call.id, fromPersonId: transferor.personId, destination });
  call.hangUp(transferor.leg);
  call.vacate(transferor.personId);
}
