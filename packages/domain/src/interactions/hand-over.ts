import { emergencyDigits } from '../numbering/number-class.ts';
import type { Call } from './call.ts';
import type { HandedOver } from './handed-over.ts';

/**
 * What a person's consultation has to give to another call of theirs: whoever they talk with, or what they have dialled
 * and nobody has answered yet. Undefined: it is not their call, or has nobody but `taken`, who would talk to themselves.
 */
export function handOver(call: Call, personId: string, taken?: string): HandedOver | undefined {
  const side = call.stage?.partnerOf?.(personId);
  if (side && side.personId !== undefined && side.personId === taken) return undefined;
  if (side) {
    call.giveUp(side.leg);
    const charge = call.charges.handOver(side.leg);
    const finish = () => call.post(() => call.end({ outcome: 'answered', by: 'caller' }));
    return { kind: 'talking', side, finish, ...(charge ? { charge } : {}) };
  }
  const isOwn = call.start.callerPersonId === personId && call.dialled !== '';
  // A call for help is never given up for another one.
  if (!isOwn || call.talk.everConnected || emergencyDigits(call.dialled)) return undefined;
  call.end({ outcome: 'abandoned', by: 'caller' });
  return { kind: 'ringing', dialled: call.dialled };
}
