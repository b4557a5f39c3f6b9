import { headerValue, parseNameAddress, parseSipUri } from '@amtsleitung/sip';
import type { SipRequest } from '@amtsleitung/sip';
import { numberOf, shownText } from './shown-caller.ts';

/**
 * What was dialled, as the message says it. Some providers put their customer's user name into the Request-URI: then
 * P-Called-Party-ID (RFC 7315 §4.2) or To has the number. Empty when nothing was dialled.
 */
export function dialledNumber(invite: SipRequest): string {
  const called = addressIn(invite, 'P-Called-Party-ID');
  const to = addressIn(invite, 'To');
  const asNumber = numberOf(called) ?? numberOf(invite.uri) ?? numberOf(to);
  return asNumber ?? shownText(userOf(invite.uri) ?? userOf(to) ?? '');
}

/** What a phone of the house dialled: its Request-URI, nothing else. */
export function dialledByPhone(invite: SipRequest): string {
  return dialTargetOf(invite.uri);
}

/** The number or name in a URI that somebody wants to reach. */
export function dialTargetOf(uri: string): string {
  return numberOf(uri) ?? shownText(userOf(uri) ?? '');
}

const addressIn = (invite: SipRequest, header: string): string =>
  parseNameAddress(headerValue(invite, header) ?? '')?.uri ?? '';

const userOf = (uri: string): string | undefined => parseSipUri(uri)?.user;
