import type { LegEvent, ShownParty } from '../calls/call-control.ts';
import { shownToColleagues } from '../dialplan/office-number.ts';
import type { RouteDecision } from '../dialplan/route-call.ts';
import type { TownDirectory } from '../directory/town-directory.ts';
import type { CallDirection, RoutedDestination } from '../events/call-events.ts';
import type { Hotline } from '../hotline/hotline.ts';
import { classifyNumber } from '../numbering/number-class.ts';
import type { Call, CallStart } from './call.ts';

/** The first facts of a call. The outside party, if there is one, gets a reference of its own. */
export function callStart(
  { id, partyId }: { readonly id: string; readonly partyId: string },
  directory: TownDirectory,
  decision: RouteDecision,
  from: { readonly personId: string } | { readonly trunkId: string },
): CallStart {
  const tenantId = directory.tenant.id;
  if ('trunkId' in from) return { id, tenantId, direction: 'inbound', partyId, trunkId: from.trunkId };
  const callerPersonId = from.personId;
  if (!goesOutside(decision)) return { id, tenantId, direction: 'internal', callerPersonId };
  const trunkId = decision.kind === 'outside' ? decision.lines[0]?.trunkId : decision.trunkIds[0];
  const via = trunkId === undefined ? {} : { trunkId };
  return { id, tenantId, direction: directionOf(decision), partyId, callerPersonId, ...via };
}

/** What the caller's own screen shows of the called. */
export function shownTarget(directory: TownDirectory, decision: RouteDecision): ShownParty {
  switch (decision.kind) {
    case 'person':
      return shownToColleagues(directory, decision.person);
    case 'hotline':
      return shownHotline(directory, decision.hotline);
    case 'outside':
    case 'emergency':
      return { number: decision.number };
    case 'refused':
      return {};
  }
}

function shownHotline(directory: TownDirectory, { id, name }: Hotline): ShownParty {
  const place = directory.numbers.find(
    ({ destination }) => destination.kind === 'hotline' && destination.hotlineId === id,
  );
  return { name, ...(place ? { number: place.extension } : {}) };
}

/** What a leg that came in says of the call it brings. */
type Bringer = Pick<Extract<LegEvent, { kind: 'incoming' }>, 'origin' | 'forgedCaller'>;

/** Publishes that the call is there and where it goes. `caller` is the citizen of an inbound call. */
export function publishArrival(call: Call, decision: RouteDecision, caller: ShownParty = {}, bringer?: Bringer): void {
  const { id: callId, start, house } = call;
  const { tenantId, direction, partyId, trunkId, callerPersonId } = start;
  const party = goesOutside(decision) ? { number: decision.number } : caller;
  const record = partyId === undefined ? undefined : { partyId, tenantId, ...party };
  house.events.write(
    tenantId,
    {
      kind: 'call-arrived',
      callId,
      direction,
      ...(partyId === undefined ? {} : { partyId }),
      ...(trunkId === undefined ? {} : { trunkId }),
      ...(callerPersonId === undefined ? {} : { callerPersonId }),
      ...(bringer?.forgedCaller ? { forgedCaller: true as const } : {}),
    },
    record,
  );
  call.publish({ kind: 'call-routed', callId, destination: routedTo(decision) });
  if (decision.kind !== 'emergency') return;
  const origin = bringer?.origin;
  const siteId = origin?.kind === 'device' ? origin.siteId : undefined;
  house.events.write(tenantId, { kind: 'emergency-attempted', callId, ...(siteId === undefined ? {} : { siteId }) });
  if (decision.warnings.length > 0) {
    house.logger.error('an emergency call was made from a badly known place', { callId, warnings: decision.warnings });
  }
}

/** Where a decision leads, for the record. */
export function routedTo(decision: RouteDecision): RoutedDestination {
  switch (decision.kind) {
    case 'person':
      return { kind: 'person', personId: decision.person.id };
    case 'hotline':
      return { kind: 'hotline', hotlineId: decision.hotline.id };
    case 'outside':
      return { kind: 'outside', numberClass: classifyNumber(decision.number) };
    case 'emergency':
      return { kind: 'emergency' };
    case 'refused':
      return { kind: 'none', failure: decision.failure.kind };
  }
}

const goesOutside = (decision: RouteDecision): decision is Extract<RouteDecision, { kind: 'outside' | 'emergency' }> =>
  decision.kind === 'outside' || decision.kind === 'emergency';
const directionOf = (decision: RouteDecision): CallDirection => (goesOutside(decision) ? 'outbound' : 'internal');
