import { callFailures } from '../calls/call-failure.ts';
import type { RouteDecision } from '../dialplan/route-call.ts';
import type { Person } from '../directory/person.ts';
import type { Call } from './call.ts';
import type { Way } from './ring-target.ts';

/**
 * The way a decision opens for `person`, who pays for a call outside: it is reserved from now on. Refused as overloaded
 * when a limit stands in the way. A call for help needs no reservation and never hides its number.
 */
export function wayTo(call: Call, person: Person | undefined, decision: RouteDecision, hideNumber = false): Way {
  if (decision.kind === 'emergency') {
    const { number, trunkIds, callerNumber } = decision;
    const shown = callerNumber === undefined ? {} : { callerNumber };
    return { kind: 'outside', number, lines: trunkIds.map((trunkId) => ({ trunkId, ...shown })) };
  }
  if (decision.kind !== 'outside') return decision;
  const target = person && call.charges.reserve(person.id, decision);
  if (!target) return { kind: 'refused', failure: callFailures.overloaded };
  return hideNumber ? { ...target, hideNumber: true } : target;
}
