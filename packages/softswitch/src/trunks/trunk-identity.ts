import { emergencyDigits, mayBeCallerId } from '@amtsleitung/domain';
import type { ShownParty, TrunkIdentity } from '@amtsleitung/domain';

/** Who calls whom over a trunk; numbers as E.164. */
export interface TrunkCall {
  readonly number: string;
  readonly caller: ShownParty;
  readonly hideNumber?: boolean;
  /** The office number on whose behalf an outside call is forwarded. */
  readonly forwardedBy?: string;
  /** Switchboard of the trunk's own number block. */
  readonly headNumber?: string;
}

/** The numbers an INVITE names, each as E.164. */
export interface CallIdentity {
  /** What the called side sees; undefined: nothing to be shown. */
  readonly shown?: string;
  /** What proves the customer to the provider, hidden or not. */
  readonly asserted?: string;
  readonly isHidden: boolean;
  readonly divertedBy?: string;
}

/** TKG §120 (2): an own number to be shown is German and none of those nobody may show. */
const isOwn = (number: string | undefined): number is string =>
  number !== undefined && number.startsWith('+49') && mayBeCallerId(number);

/** Which numbers a call to the provider may name. `plain`: the head number alone, after a refusal of more. */
export function identityOf(rules: TrunkIdentity, call: TrunkCall, kind: 'full' | 'plain' = 'full'): CallIdentity {
  const isEmergency = emergencyDigits(call.number) !== undefined;
  const office = [call.forwardedBy ?? call.caller.number, call.headNumber].find(isOwn);
  const own = kind === 'plain' && !isEmergency ? [call.headNumber, office].find(isOwn) : office;
  // The control centre is chosen by this number: it stays that of the place.
  const asserted = isEmergency || rules.headerNumber === 'caller' ? own : [call.headNumber, own].find(isOwn);
  const proof = asserted === undefined ? {} : { asserted };
  if (call.forwardedBy !== undefined && rules.noScreening && kind === 'full' && own !== undefined) {
    // TKG §120 (2): a forwarded call may go on showing who really calls, from wherever.
    const original = call.caller.number;
    const isShown = original !== undefined && mayBeCallerId(original) && !call.hideNumber;
    return { ...proof, ...(isShown ? { shown: original } : {}), isHidden: !isShown, divertedBy: own };
  }
  const diverted = call.forwardedBy !== undefined && kind === 'full' && own !== undefined ? { divertedBy: own } : {};
  // TDDDG §15: no suppression towards 110 and 112.
  const isHidden = own === undefined || (call.hideNumber === true && !isEmergency);
  return { ...proof, ...diverted, ...(own === undefined ? {} : { shown: own }), isHidden };
}
