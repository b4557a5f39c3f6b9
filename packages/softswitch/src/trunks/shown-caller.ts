import { classifyNumber, mayBeCallerId } from '@amtsleitung/domain';
import type { CallerSource, ShownParty, TrunkSettings } from '@amtsleitung/domain';
import { headerValue, hidesIdentity, listValues, parseNameAddress, parseSipUri } from '@amtsleitung/sip';
import type { SipRequest } from '@amtsleitung/sip';
import { readFromTrunk } from './number-spelling.ts';
import { numberOf, shownText } from './shown-text.ts';

/** Who calls over a trunk. */
export interface TrunkCaller {
  readonly caller: ShownParty;
  /** The network showed a number that nobody may show (TKG §120 (2)); the caller counts as anonymous. */
  readonly isForged: boolean;
}

const headerOf: Readonly<Record<CallerSource, string>> = {
  'p-asserted-identity': 'P-Asserted-Identity',
  'p-preferred-identity': 'P-Preferred-Identity',
  'remote-party-id': 'Remote-Party-ID',
  from: 'From',
};

/**
 * The caller as a trusted trunk names it, from the headers its settings list (RFC 3325 §9.1); the first that holds a
 * number counts. Whoever asked for privacy stays anonymous.
 */
export function callerOnTrunk(
  invite: SipRequest,
  settings: Pick<TrunkSettings, 'callerFrom' | 'incomingFormat'>,
): TrunkCaller {
  if (isAnonymous(invite, settings.callerFrom)) return { caller: {}, isForged: false };
  const candidates = settings.callerFrom.flatMap((source) => listValues(invite, headerOf[source]).map(partyOf));
  const found = candidates.find((party) => party.number !== undefined)?.number;
  if (found === undefined) return { caller: nameIn(candidates), isForged: false };
  const number = readCaller(found, settings.incomingFormat);
  if (classifyNumber(number) !== 'unknown' && !mayBeCallerId(number)) return { caller: {}, isForged: true };
  const { name } = nameIn(candidates);
  return { caller: { number, ...(name === undefined || name === found ? {} : { name }) }, isForged: false };
}

/** Nobody's own number begins with 49 and has so many digits, unless it is a German one without its `+`. */
const readCaller = (written: string, format: TrunkSettings['incomingFormat']): string =>
  format === 'any' && /^49[1-9][0-9]{6,12}$/.test(written) ? `+${written}` : readFromTrunk(written, format);

function nameIn(candidates: readonly ShownParty[]): { readonly name?: string } {
  const name = candidates.find((party) => party.name !== undefined)?.name;
  return name === undefined ? {} : { name };
}

/** RFC 3323 §4.2 and RFC 3325 §7: the number is there for the network, not for us to show. */
function isAnonymous(invite: SipRequest, sources: readonly CallerSource[]): boolean {
  if (hidesIdentity(invite)) return true;
  if (sources.includes('remote-party-id') && isPrivateParty(headerValue(invite, 'Remote-Party-ID'))) return true;
  const from = parseNameAddress(headerValue(invite, 'From') ?? '');
  const uri = parseSipUri(from?.uri ?? '');
  return uri?.user?.toLowerCase() === 'anonymous' || uri?.host.toLowerCase() === 'anonymous.invalid';
}

/** The draft's own way to ask for it. */
const isPrivateParty = (value: string | undefined): boolean =>
  ['full', 'uri', 'id'].includes(
    parseNameAddress(value ?? '')
      ?.parameters.get('privacy')
      ?.toLowerCase() ?? '',
  );

function partyOf(value: string): ShownParty {
  const address = parseNameAddress(value);
  if (!address) return {};
  const number = numberOf(address.uri);
  const name = shownText(address.displayName ?? '');
  return { ...(number === undefined ? {} : { number }), ...(name === '' ? {} : { name }) };
}
