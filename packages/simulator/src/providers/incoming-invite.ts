import { parseSipUri } from '@amtsleitung/sip';
import type { Destination, Header } from '@amtsleitung/sip';
import type { ProviderScript } from './provider-script.ts';
import { spelled } from './spelled-number.ts';

/** Who calls, as the network knows it. */
export interface Citizen {
  /** E.164; left out when even the network does not know. */
  readonly from?: string;
  readonly anonymous?: boolean;
  /** The number a call was forwarded from (RFC 5806). */
  readonly divertedBy?: string;
}

export interface IncomingParts {
  readonly number: string;
  readonly citizen: Citizen;
  /** Contact URI of the registration. */
  readonly contact: string | undefined;
  readonly destination: Destination;
}

/** The provider's INVITE for one of its customer's numbers, in its own spelling. */
export function incomingInvite(
  script: ProviderScript,
  parts: IncomingParts,
): { requestUri: string; from: string; to: string; headers: readonly Header[] } {
  const { incoming, domain } = script;
  const { citizen, destination } = parts;
  const called = spelled(parts.number, incoming.spelling);
  const caller = citizen.from === undefined ? undefined : spelled(citizen.from, incoming.spelling);
  const place = hostOf(parts.contact) ?? `${destination.address}:${destination.port}`;
  const headers: Header[] = [];
  if (incoming.dialledIn === 'p-called-party-id')
    headers.push({ name: 'P-Called-Party-ID', value: `<sip:${called}@${domain}>` });
  if (incoming.assertsIdentity && caller !== undefined && !citizen.anonymous)
    headers.push({ name: 'P-Asserted-Identity', value: `<sip:${caller}@${domain}>` });
  if (citizen.anonymous) headers.push({ name: 'Privacy', value: 'id' });
  if (citizen.divertedBy !== undefined)
    headers.push({ name: 'Diversion', value: `<sip:${spelled(citizen.divertedBy, incoming.spelling)}@${domain}>` });
  const isNobody = citizen.anonymous || caller === undefined;
  return {
    requestUri: incoming.dialledIn === 'request-uri' ? `sip:${called}@${place}` : (parts.contact ?? `sip:${place}`),
    to: `<sip:${incoming.dialledIn === 'p-called-party-id' ? (script.account?.username ?? called) : called}@${domain}>`,
    from: isNobody ? '"Anonymous" <sip:anonymous@anonymous.invalid>' : `"${caller}" <sip:${caller}@${domain}>`,
    headers,
  };
}

function hostOf(contact: string | undefined): string | undefined {
  const uri = contact === undefined ? undefined : parseSipUri(contact);
  return uri && `${uri.host}${uri.port === undefined ? '' : `:${uri.port}`}`;
}
