import type { ShownParty, Trunk } from '@amtsleitung/domain';
import { hostForUri } from './host-for-uri.ts';
import type { Header } from '@amtsleitung/sip';

/** The parts of an INVITE towards a provider that say who calls whom. */
export interface TrunkInvite {
  readonly requestUri: string;
  readonly from: string;
  readonly to: string;
  readonly headers: readonly Header[];
  readonly contactUser: string;
}

const userOf = (number: string): string => number.replace(/[^0-9+*#]/g, '').replaceAll('#', '%23');

/**
 * Built from the dialled number and the office's number alone: no name, device, address or call id of the house can be
 * in it, so a call from home looks like one from the desk.
 */
export function trunkInvite(trunk: Trunk, number: string, caller: ShownParty): TrunkInvite {
  const host = hostForUri(trunk.host);
  const port = trunk.port === 5060 ? '' : `:${trunk.port}`;
  const transport = trunk.transport === 'tcp' ? ';transport=tcp' : '';
  const called = `sip:${userOf(number)}@${host}${port};user=phone`;
  const shown = caller.number === undefined ? undefined : `<sip:${userOf(caller.number)}@${host};user=phone>`;
  return {
    requestUri: `${called}${transport}`,
    to: `<sip:${userOf(number)}@${host};user=phone>`,
    from: shown ?? '"Anonymous" <sip:anonymous@anonymous.invalid>',
    headers: shown ? [{ name: 'P-Asserted-Identity', value: shown }] : [{ name: 'Privacy', value: 'id' }],
    contactUser: trunk.username || 'amt',
  };
}
