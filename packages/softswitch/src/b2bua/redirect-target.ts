import { listValues, parseNameAddress } from '@amtsleitung/sip';
import type { SipResponse } from '@amtsleitung/sip';
import { dialTargetOf } from '../trunks/dialled-number.ts';

/** 305 and 380 name no other place for the call (RFC 3261 §21.3). */
const redirections = [300, 301, 302];

/**
 * Where a phone wants its call to go instead: the best Contact that names a number or a user (RFC 3261 §8.1.3.4). Only
 * what was dialled is taken from it, never a host: nobody sends a call past this house's rights.
 */
export function redirectTarget(response: SipResponse | undefined): string | undefined {
  if (!response || !redirections.includes(response.status)) return undefined;
  const contacts = listValues(response, 'Contact')
    .slice(0, mostContacts)
    .flatMap((value) => parseNameAddress(value) ?? []);
  const best = contacts
    .map((contact) => ({ target: dialTargetOf(contact.uri), weight: weightOf(contact.parameters.get('q')) }))
    .filter(({ target }) => target !== '')
    .toSorted((left, right) => right.weight - left.weight);
  return best[0]?.target;
}

const mostContacts = 10;

/** RFC 3261 §20.10: without a q it is wanted most. */
const weightOf = (written: string | undefined): number =>
  /^(?:0(?:\.\d{0,3})?|1)$/.test(written ?? '') ? Number(written) : 1;
