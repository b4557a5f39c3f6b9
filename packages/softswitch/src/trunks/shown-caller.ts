import type { ShownParty } from '@amtsleitung/domain';
import { headerValue, listValues, listsToken, parseNameAddress, parseSipUri } from '@amtsleitung/sip';
import type { SipRequest } from '@amtsleitung/sip';

/** The caller as a trusted trunk names it: P-Asserted-Identity before P-Preferred-Identity before From (RFC 3325 §9.1). */
export function shownCaller(invite: SipRequest): ShownParty {
  if (isAnonymous(invite)) return {};
  const from = headerValue(invite, 'From');
  const candidates = [
    ...listValues(invite, 'P-Asserted-Identity'),
    ...listValues(invite, 'P-Preferred-Identity'),
    ...(from === undefined ? [] : [from]),
  ].map(partyOf);
  const best = candidates.find((party) => party.number !== undefined) ?? {};
  const name = candidates.find((party) => party.name !== undefined)?.name;
  return name === undefined || name === best.number ? best : { ...best, name };
}

/** RFC 3323 §4.2 and RFC 3325 §7: the number is there for the network, not for us to show. */
function isAnonymous(invite: SipRequest): boolean {
  const privacy = (headerValue(invite, 'Privacy') ?? '').toLowerCase().split(/[;,\s]+/);
  if (privacy.some((value) => value === 'id' || value === 'user' || value === 'full')) return true;
  if (listsToken(invite, 'Privacy', 'id')) return true;
  const from = parseNameAddress(headerValue(invite, 'From') ?? '');
  const uri = parseSipUri(from?.uri ?? '');
  return uri?.user?.toLowerCase() === 'anonymous' || uri?.host.toLowerCase() === 'anonymous.invalid';
}

function partyOf(value: string): ShownParty {
  const address = parseNameAddress(value);
  if (!address) return {};
  const number = numberOf(address.uri);
  const name = shownText(address.displayName ?? '');
  return { ...(number === undefined ? {} : { number }), ...(name === '' ? {} : { name }) };
}

/** The number in a SIP or tel URI: digits, perhaps with `+`; undefined when the user part is none. */
export function numberOf(uri: string): string | undefined {
  const user = parseSipUri(uri)?.user ?? /^tel:([^;?]+)/i.exec(uri)?.[1];
  const bare = user?.split(';')[0]?.replace(/[-.()\s]/g, '');
  return bare !== undefined && /^\+?[0-9*#]{1,32}$/.test(bare) ? bare : undefined;
}

/** Text from outside, fit for one line of a screen or a header: no control or direction-changing characters. */
export function shownText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80);
}
