import type { DirectorySource, LegId, LegEvent, ShownParty } from '@amtsleitung/domain';
import { fullName } from '@amtsleitung/domain';
import { headerValue } from '@amtsleitung/sip';
import type { SipRequest } from '@amtsleitung/sip';
import type { Identity } from '../access/identity.ts';
import type { Account } from '../registrar/account.ts';
import { dialledByPhone, dialledOnTrunk } from '../trunks/dialled-number.ts';
import { divertedBy } from '../trunks/diverted-by.ts';
import { callerOnTrunk } from '../trunks/shown-caller.ts';

export type IncomingEvent = Extract<LegEvent, { kind: 'incoming' }>;
export type KnownIdentity = Exclude<Identity, { kind: 'stranger' }>;

const callIdForm = /^[\w-]{1,80}$/;

/** An INVITE as the domain sees it. What a phone claims about itself is ignored: its account says who calls. */
export function incomingCall(
  leg: LegId,
  invite: SipRequest,
  identity: KnownIdentity,
  directory: DirectorySource,
): IncomingEvent {
  if (identity.kind === 'trunk') {
    const { trunk } = identity;
    const { caller, isForged } = callerOnTrunk(invite, trunk.settings);
    const diverter = divertedBy(invite, trunk.settings.incomingFormat);
    return {
      kind: 'incoming',
      leg,
      origin: { kind: 'trunk', trunkId: trunk.id },
      tenantId: trunk.tenantId,
      dialled: dialledOnTrunk(invite, trunk),
      caller,
      ...(isForged ? { forgedCaller: true as const } : {}),
      ...(diverter === undefined ? {} : { divertedBy: diverter }),
    };
  }
  const { account } = identity;
  const callId = headerValue(invite, 'X-Amtsleitung-Call')?.trim();
  return {
    kind: 'incoming',
    leg,
    origin: {
      kind: 'device',
      personId: account.personId,
      ...(account.siteId === undefined ? {} : { siteId: account.siteId }),
      ...(account.kind === 'device' ? { deviceId: account.deviceId } : {}),
    },
    tenantId: account.tenantId,
    dialled: dialledByPhone(invite),
    caller: ownerOf(account, directory),
    ...(callId !== undefined && callIdForm.test(callId) ? { callId } : {}),
  };
}

function ownerOf(account: Account, directory: DirectorySource): ShownParty {
  const people = directory.byTenant(account.tenantId)?.people ?? [];
  const person = people.find((one) => one.id === account.personId);
  if (!person) return {};
  return { name: fullName(person), ...(person.extension === undefined ? {} : { number: person.extension }) };
}
