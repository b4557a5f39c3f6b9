import type { RoutedDestination } from '../events/call-events.ts';
import { classifyNumber } from '../numbering/number-class.ts';
import type { Consultation } from './call-house.ts';
import type { Call } from './call.ts';
import type { CommandFailure } from './phone-state.ts';
import type { Side, Transferor } from './side.ts';
import { leaveCall, startTransfer } from './start-transfer.ts';

/**
 * Attended transfer: `remaining` talks to whoever the transferor talks to in the consultation. The transferor dialled
 * that call under their own rights and goes on paying for it. Nobody has answered there yet: the same as a blind one.
 */
export function joinCalls(
  call: Call,
  remaining: Side,
  transferor: Transferor,
  consultation: Consultation,
): CommandFailure | undefined {
  const own = remaining.personId === undefined ? {} : { personId: remaining.personId };
  const other = call.house.handOver(consultation, transferor.personId, { callId: call.id, ...own });
  if (!other) return 'wrong-state';
  if (other.kind === 'ringing') return startTransfer(call, remaining, transferor, other.dialled);
  const target: Side = { ...other.side, isCaller: transferor.isCaller };
  call.openLeg(target.leg);
  call.markAnswered(target.leg);
  call.charges.takeOver(other.charge);
  if (target.personId !== undefined) call.occupy(target.personId, 'talking');
  other.finish();
  leaveCall(call, transferor, destinationOf(target));
  call.flow.connect(remaining, target);
  return undefined;
}

const destinationOf = ({ personId, shown }: Side): RoutedDestination =>
  personId === undefined
    ? { kind: 'outside', numberClass: classifyNumber(shown.number ?? '') }
    : { kind: 'person', personId };
