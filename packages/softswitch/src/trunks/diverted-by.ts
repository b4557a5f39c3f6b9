import type { NumberFormat } from '@amtsleitung/domain';
import { listValues, parseNameAddress, parseSipUri } from '@amtsleitung/sip';
import type { NameAddress, SipRequest } from '@amtsleitung/sip';
import { readFromTrunk } from './number-spelling.ts';
import { numberOf } from './shown-text.ts';

/** Whose forwarding brought the call: the last one before us, unless it asked not to be told. */
export function divertedBy(invite: SipRequest, format: NumberFormat | 'any'): string | undefined {
  const number = byDiversion(invite) ?? byHistory(invite);
  return number === undefined ? undefined : readFromTrunk(number, format);
}

/** RFC 5806 §4.1: the most recent diversion stands first. */
function byDiversion(invite: SipRequest): string | undefined {
  const [latest] = listValues(invite, 'Diversion').flatMap((value) => parseNameAddress(value) ?? []);
  const privacy = latest?.parameters.get('privacy')?.toLowerCase() ?? 'off';
  return latest && privacy === 'off' ? numberOf(latest.uri) : undefined;
}

/** RFC 7044 §5: the entry that the last mapped one (`mp`) came from, else the one before the last. */
function byHistory(invite: SipRequest): string | undefined {
  const entries = listValues(invite, 'History-Info').flatMap((value) => parseNameAddress(value) ?? []);
  const last = entries.at(-1);
  if (!last || entries.length < 2) return undefined;
  const origin = last.parameters.get('mp');
  const entry = entries.find(({ parameters }) => origin !== undefined && parameters.get('index') === origin);
  const diverter = entry ?? entries.at(-2)!;
  return isPrivate(diverter) ? undefined : numberOf(diverter.uri);
}

/** RFC 7044 §10.1.2: privacy stands among the entry's URI headers. */
const isPrivate = ({ uri }: NameAddress): boolean => /(?:^|&)privacy=(?!none)/i.test(parseSipUri(uri)?.headers ?? '');
