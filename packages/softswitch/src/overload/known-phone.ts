import type { SipRequest, Source } from '@amtsleitung/sip';
import { userIn } from '../access/gatekeeper.ts';
import type { Accounts } from '../registrar/accounts.ts';
import type { LocationTable } from '../registrar/location-table.ts';

/** Whether a REGISTER keeps a phone that is there already: from the same place, or in the name of one that is registered. */
export function isKnownPhone(
  request: SipRequest,
  source: Source,
  accounts: Accounts,
  locations: LocationTable,
): boolean {
  if (locations.ofSource(source).length > 0) return true;
  const account = accounts.find(userIn(request, 'To'));
  return account !== undefined && locations.isRegistered(account.deviceId);
}
