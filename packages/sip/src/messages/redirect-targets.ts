import { listValues } from './header-access.ts';
import { parseNameAddress } from './name-address.ts';
import type { SipResponse } from './sip-message.ts';

/** Places a 3xx names that are looked at. */
const maximumTargets = 10;

/**
 * Where a 3xx sends the call, best first (RFC 3261 §8.1.3.4): URIs in the order of their q, each once. Whether to go
 * there is the owner's to judge.
 */
export function redirectTargets(response: SipResponse): readonly string[] {
  if (response.status < 300 || response.status > 399) return [];
  const targets = listValues(response, 'Contact').flatMap((value) => {
    const address = parseNameAddress(value);
    return address ? [{ uri: address.uri, q: qualityOf(address.parameters.get('q')) }] : [];
  });
  const ordered = targets.toSorted((left, right) => right.q - left.q).map(({ uri }) => uri);
  return [...new Set(ordered)].slice(0, maximumTargets);
}

/** RFC 3261 §20.10: between 0 and 1; what is missing or malformed counts as 1. */
function qualityOf(text: string | undefined): number {
  return text !== undefined && /^(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : 1;
}
