import { headerValue, listValues, parseNameAddress, parseSipUri } from '@amtsleitung/sip';
import type { SipRequest } from '@amtsleitung/sip';
import { readSpelled } from './spelled-number.ts';
import type { IdentityPlace, ProviderScript } from './provider-script.ts';

/** What a provider makes of an INVITE of its customer. */
export type OutgoingVerdict =
  | {
      readonly connects: true;
      readonly called: string;
      readonly shows: string | 'anonymous';
      readonly forwardedBy?: string;
    }
  | { readonly connects: false; readonly status: number; readonly why: string };

const refuse = (status: number, why: string): OutgoingVerdict => ({ connects: false, status, why });

/** Whom the call reaches, what the called person sees, and whether the customer may call like that. */
export function judgeOutgoing(invite: SipRequest, script: ProviderScript): OutgoingVerdict {
  const { outgoing } = script;
  const called = readSpelled(userOf(invite.uri), outgoing.spellings);
  if (called === undefined) return refuse(404, `called number ${userOf(invite.uri)}`);
  const proof = readSpelled(userOf(uriIn(invite, outgoing.identityIn)), outgoing.identitySpellings);
  if (!isOwn(proof, script)) return refuse(403, `${outgoing.identityIn} names no number of the customer`);
  const from = fromOf(invite, script);
  if (from === undefined) return refuse(403, 'From has the wrong form');
  const forwardedBy = forwarder(invite, script);
  const forwarded = forwardedBy === undefined ? {} : { forwardedBy };
  if (hides(invite, script)) return { connects: true, called, shows: 'anonymous', ...forwarded };
  const named = outgoing.fromUser === 'account' || from.user === script.account?.username ? from.display : from.user;
  const shown = readSpelled(named, outgoing.identitySpellings) ?? proof!;
  const isAllowed = isOwn(shown, script) || outgoing.noScreening;
  return { connects: true, called, shows: isAllowed ? shown : proof!, ...forwarded };
}

function fromOf(invite: SipRequest, script: ProviderScript): { user: string; display: string } | undefined {
  const from = parseNameAddress(headerValue(invite, 'From') ?? '');
  const user = userOf(from?.uri ?? '');
  const isAccount = user === script.account?.username;
  const wanted = script.outgoing.fromUser;
  // RFC 3323 §4.1.1.3: an anonymous From names nobody.
  const isNobody = user === 'anonymous';
  if (wanted === 'account' && !isAccount) return undefined;
  if (wanted === 'number' && !isNobody && readSpelled(user, script.outgoing.identitySpellings) === undefined)
    return undefined;
  return { user, display: from?.displayName ?? '' };
}

function hides(invite: SipRequest, script: ProviderScript): boolean {
  const from = parseNameAddress(headerValue(invite, 'From') ?? '');
  const isAsked = {
    privacy: /\bid\b/.test(headerValue(invite, 'Privacy') ?? ''),
    'anonymous-from': userOf(from?.uri ?? '') === 'anonymous',
    'anonymous-display': from?.displayName?.toLowerCase() === 'anonymous',
  };
  return script.outgoing.hides.some((way) => isAsked[way]);
}

function forwarder(invite: SipRequest, script: ProviderScript): string | undefined {
  const { forwardedIn, identitySpellings } = script.outgoing;
  const value = forwardedIn && listValues(invite, forwardedIn)[0];
  return value === undefined ? undefined : readSpelled(userOf(parseNameAddress(value)?.uri ?? ''), identitySpellings);
}

const isOwn = (number: string | undefined, script: ProviderScript): boolean =>
  number !== undefined && script.blocks.some((block) => number.startsWith(block));

function uriIn(invite: SipRequest, place: IdentityPlace): string {
  const name = {
    'p-asserted-identity': 'P-Asserted-Identity',
    'p-preferred-identity': 'P-Preferred-Identity',
    from: 'From',
  };
  return parseNameAddress(headerValue(invite, name[place]) ?? '')?.uri ?? '';
}

const userOf = (uri: string): string => parseSipUri(uri)?.user ?? '';
