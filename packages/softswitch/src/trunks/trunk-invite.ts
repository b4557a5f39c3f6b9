import type { NumberFormat, Trunk, TrunkIdentity } from '@amtsleitung/domain';
import {
  anonymousFrom,
  diversionHeader,
  historyHeader,
  noParameters,
  printNameAddress,
  printSipUri,
  privacyHeader,
} from '@amtsleitung/sip';
import type { Header } from '@amtsleitung/sip';
import { hostForUri } from './host-for-uri.ts';
import { spellForTrunk } from './number-spelling.ts';
import { contactUserOf } from './trunk-contact.ts';
import { identityOf } from './trunk-identity.ts';
import type { CallIdentity, TrunkCall } from './trunk-identity.ts';

/** The parts of an INVITE towards a provider that say who calls whom. */
export interface TrunkInvite {
  readonly requestUri: string;
  readonly from: string;
  readonly to: string;
  readonly headers: readonly Header[];
  readonly contactUser: string;
}

/**
 * Built from the dialled number and office numbers alone: no name, device, address or call id of the house can be in
 * it, so a call from home looks like one from the desk.
 */
export function trunkInvite(trunk: Trunk, call: TrunkCall, kind: 'full' | 'plain' = 'full'): TrunkInvite {
  const { identity: rules, outgoingFormat } = trunk.settings;
  const identity = identityOf(rules, call, kind);
  const write = (number: string): string => uriFor(trunk, number, outgoingFormat);
  return {
    requestUri: `${uriFor(trunk, call.number, outgoingFormat, portOf(trunk))}${transportOf(trunk)}`,
    to: `<${write(call.number)}>`,
    from: fromOf(trunk, identity, write),
    headers: [
      ...identityHeaders(rules, identity, write),
      ...(identity.divertedBy === undefined ? [] : forwardingHeaders(trunk, identity.divertedBy, call.number, write)),
    ],
    contactUser: contactUserOf(trunk),
  };
}

/** Whether a second try with the head number alone would say anything else. */
export function hasPlainerInvite(trunk: Trunk, call: TrunkCall): boolean {
  const { identity: rules } = trunk.settings;
  const [full, plain] = [identityOf(rules, call), identityOf(rules, call, 'plain')];
  const isSame = full.shown === plain.shown && full.asserted === plain.asserted && full.divertedBy === plain.divertedBy;
  return plain.shown !== undefined && !isSame;
}

function uriFor(trunk: Trunk, number: string, format: NumberFormat, port = ''): string {
  const user = spellForTrunk(number, format).replaceAll('#', '%23');
  return `sip:${user}@${hostForUri(trunk.host)}${port};user=phone`;
}

/** A registrar's domain is a name for the customer; where requests go is another matter (RFC 3263, outbound proxy). */
const isPlace = ({ settings }: Trunk): boolean => settings.registerSeconds === 0 && settings.outboundProxy === '';

const portOf = (trunk: Trunk): string =>
  isPlace(trunk) && trunk.port !== undefined && trunk.port !== 5060 ? `:${trunk.port}` : '';

const transportOf = (trunk: Trunk): string => (isPlace(trunk) && trunk.transport === 'tcp' ? ';transport=tcp' : '');

function fromOf(trunk: Trunk, identity: CallIdentity, write: (number: string) => string): string {
  const { identity: rules, outgoingFormat } = trunk.settings;
  const isMasked = identity.isHidden && rules.anonymous !== 'privacy';
  if (rules.fromUser === 'account' && trunk.username !== '') {
    const displayName =
      isMasked || identity.shown === undefined ? 'Anonymous' : spellForTrunk(identity.shown, outgoingFormat);
    return printNameAddress({ displayName, uri: accountUri(trunk), parameters: noParameters });
  }
  // RFC 3323 §4.1.1.3
  if (isMasked || identity.shown === undefined) return anonymousFrom;
  return `<${write(identity.shown)}>`;
}

/** Our account at the provider, as REGISTER names it. */
export const accountUri = (trunk: Trunk): string =>
  printSipUri({
    scheme: 'sip',
    user: trunk.username,
    host: trunk.host.replace(/^\[|\]$/g, ''),
    parameters: noParameters,
  });

function identityHeaders(
  rules: TrunkIdentity,
  { asserted, isHidden }: CallIdentity,
  write: (number: string) => string,
): readonly Header[] {
  const names = {
    'p-asserted-identity': ['P-Asserted-Identity'],
    'p-preferred-identity': ['P-Preferred-Identity'],
    both: ['P-Preferred-Identity', 'P-Asserted-Identity'],
    none: [],
  }[rules.header];
  const value = asserted && `<${write(asserted)}>`;
  // RFC 3325 §9.3
  const asksPrivacy = isHidden && rules.anonymous !== 'from';
  return [...(value ? names.map((name) => ({ name, value })) : []), ...(asksPrivacy ? [privacyHeader(['id'])] : [])];
}

/** On whose behalf a call is forwarded. Why is the office's business: always "unconditional". */
function forwardingHeaders(
  trunk: Trunk,
  by: string,
  target: string,
  write: (number: string) => string,
): readonly Header[] {
  switch (trunk.settings.identity.forwarding) {
    case 'none':
      return [];
    case 'diversion':
      return [diversionHeader({ uri: write(by), reason: 'unconditional', counter: 1, isPrivate: false })];
    case 'history-info':
      // RFC 7044 §5 with the cause of RFC 4458 §2.
      return [
        historyHeader({ uri: write(by), index: '1', isPrivate: false }),
        historyHeader({
          uri: `${write(target)};cause=302`,
          index: '1.1',
          from: { kind: 'mp', index: '1' },
          isPrivate: false,
        }),
      ];
  }
}
