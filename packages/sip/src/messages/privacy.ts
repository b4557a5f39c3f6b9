import { listValues } from './header-access.ts';
import { parseNameAddress } from './name-address.ts';
import type { NameAddress } from './name-address.ts';
import type { Header, SipMessage } from './sip-message.ts';
import { uriScheme } from './sip-uri.ts';

/** RFC 3323 §4.2, RFC 3325 §9.3, RFC 7044 §10.1. */
export type PrivacyKind = 'header' | 'session' | 'user' | 'none' | 'critical' | 'id' | 'history';

/** What the Privacy headers ask for, lower case; empty without one. Values we do not know are kept. */
export function privacyOf(message: Pick<SipMessage, 'headers'>): ReadonlySet<string> {
  const values = listValues(message, 'Privacy').flatMap((value) => value.split(';'));
  const asked = new Set(values.map((value) => value.trim().toLowerCase()).filter((value) => value !== ''));
  // RFC 3323 §4.2: none stands alone and says that nothing is to be hidden.
  return asked.has('none') ? new Set(['none']) : asked;
}

/** Whether the network shall not show who sends this (RFC 3323 §4.2, RFC 3325 §7). */
export function hidesIdentity(message: Pick<SipMessage, 'headers'>): boolean {
  const asked = privacyOf(message);
  return asked.has('id') || asked.has('user') || asked.has('header');
}

export function privacyHeader(kinds: readonly PrivacyKind[]): Header {
  return { name: 'Privacy', value: kinds.join(';') };
}

/** RFC 3323 §4.1: who wants to be nobody writes this into From. */
export const anonymousFrom = '"Anonymous" <sip:anonymous@anonymous.invalid>';

/**
 * The identities in P-Asserted-Identity or P-Preferred-Identity: at most one SIP and one tel URI (RFC 3325 §9.1); what
 * goes beyond is left out. Only to be believed from a trusted peer.
 */
export function identitiesOf(
  message: Pick<SipMessage, 'headers'>,
  header: 'P-Asserted-Identity' | 'P-Preferred-Identity',
): readonly NameAddress[] {
  const seen = new Set<string>();
  return listValues(message, header).flatMap((value) => {
    const address = parseNameAddress(value);
    const kind = address && (uriScheme(address.uri) === 'tel' ? 'tel' : 'sip');
    if (!address || !kind || seen.has(kind)) return [];
    seen.add(kind);
    return [address];
  });
}
