import type { CallFailureKind } from '../calls/call-failure.ts';
import { forwardingTarget } from '../dialplan/forwarding-target.ts';
import { officeNumber } from '../dialplan/office-number.ts';
import { mayShowForeign } from '../dialplan/outside-lines.ts';
import type { OutsideRoute } from '../dialplan/route-call.ts';
import type { Person } from '../directory/person.ts';
import { shownTarget, routedTo } from './call-arrival.ts';
import type { Call } from './call.ts';
import type { OutsideTarget, Way } from './ring-target.ts';
import type { Side } from './side.ts';
import type { Trail } from './stage.ts';

/** Further ones go nowhere: who forwards to whom may be a circle. */
const mostHops = 3;

/**
 * Where `owner` sends the call of `waiting`: to what they chose or their phone asks for, under their own rights and at
 * their expense. Undefined: nowhere (not permitted any more, a circle, over a limit), the call goes on without.
 */
export function forwardedWay(call: Call, waiting: Side, owner: Person, dialled: string, trail: Trail): Way | undefined {
  if (dialled === '' || trail.length >= mostHops || trail.includes(owner.id)) return undefined;
  const decision = forwardingTarget(call.directory, owner.id, dialled, call.house.clock.now());
  if (!decision || (decision.kind === 'person' && [...trail, owner.id].includes(decision.person.id))) return undefined;
  const way = decision.kind === 'outside' ? outsideWay(call, waiting, owner, decision) : decision;
  if (!way) return undefined;
  const destination = routedTo(decision);
  call.publish({ kind: 'call-forwarded', callId: call.id, personId: owner.id, destination });
  // An outside target is the owner's own affair: the caller goes on seeing whom they called.
  if (decision.kind !== 'outside') call.target = shownTarget(call.directory, decision);
  return way;
}

/**
 * The citizen's number stays where the provider lets it be shown (TKG §120 (2)), else the owner's stands for it. An owner
 * who hides their number is named nowhere.
 */
function outsideWay(call: Call, waiting: Side, owner: Person, route: OutsideRoute): OutsideTarget | undefined {
  if (owner.phone.hideNumber) return call.charges.reserve(owner.id, route);
  const citizen = waiting.personId === undefined ? waiting.shown.number : undefined;
  const lines = route.lines.map((line) =>
    citizen !== undefined && mayShowForeign(call.directory, line.trunkId) ? { ...line, callerNumber: citizen } : line,
  );
  const target = call.charges.reserve(owner.id, { ...route, lines });
  const forwardedBy = officeNumber(call.directory, owner.id);
  return target && { ...target, ...(forwardedBy === undefined ? {} : { forwardedBy }) };
}

/** The forwarding that a failure sets off. */
export function forwardingAfter({ phone }: Person, failure: CallFailureKind): string {
  const { busy, noAnswer } = phone.forwarding;
  if (failure === 'busy' || failure === 'declined') return busy;
  return failure === 'no-answer' || failure === 'unreachable' ? noAnswer : '';
}
