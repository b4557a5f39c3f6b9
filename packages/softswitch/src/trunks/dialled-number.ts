import type { DialledSource, Trunk } from '@amtsleitung/domain';
import { emergencyServiceOf, headerValue, parseNameAddress, parseSipUri } from '@amtsleitung/sip';
import type { EmergencyService, SipRequest } from '@amtsleitung/sip';
import { readFromTrunk } from './number-spelling.ts';
import { numberOf, shownText } from './shown-text.ts';

/**
 * What was dialled over a trunk, as E.164 where that is clear. Providers that put their customer's account into the
 * Request-URI tell the number in P-Called-Party-ID (RFC 7315 §4.2) or To: the settings say where to look first.
 * Empty when nothing was dialled.
 */
export function dialledOnTrunk(invite: SipRequest, trunk: Pick<Trunk, 'username' | 'settings'>): string {
  const { dialledFrom, incomingFormat } = trunk.settings;
  const numbers = dialledFrom.flatMap((source) => numberOf(addressIn(invite, source)) ?? []);
  // Some accounts look like a number themselves.
  const found = numbers.find((number) => number !== trunk.username) ?? numbers[0];
  if (found !== undefined) return readFromTrunk(found, incomingFormat);
  return shownText(userOf(invite.uri) ?? userOf(addressIn(invite, 'to')) ?? '');
}

/** What a phone of the house dialled: its Request-URI, nothing else. */
export function dialledByPhone(invite: SipRequest): string {
  return dialTargetOf(invite.uri);
}

/** In Germany the fire brigade sends the ambulance as well. */
const emergencyNumbers: Readonly<Record<EmergencyService, '110' | '112'>> = {
  sos: '112',
  'sos.police': '110',
  'sos.fire': '112',
  'sos.ambulance': '112',
};

/** The number or name in a URI that somebody wants to reach. A service URN of RFC 5031 means 110 or 112. */
export function dialTargetOf(uri: string): string {
  const service = emergencyServiceOf(uri);
  if (service) return emergencyNumbers[service];
  return numberOf(uri) ?? shownText(userOf(uri) ?? '');
}

function addressIn(invite: SipRequest, source: DialledSource): string {
  if (source === 'request-uri') return invite.uri;
  const header = source === 'to' ? 'To' : 'P-Called-Party-ID';
  return parseNameAddress(headerValue(invite, header) ?? '')?.uri ?? '';
}

const userOf = (uri: string): string | undefined => parseSipUri(uri)?.user;
