import { listValues } from './header-access.ts';
import { parseParameters } from './parameters.ts';
import { quote, unquote } from './quoted-string.ts';
import type { Header, SipMessage } from './sip-message.ts';
import { isToken, parseNumber } from './token.ts';

/** One value of the Reason header, RFC 3326. */
export interface Reason {
  readonly protocol: 'SIP' | 'Q.850' | (string & {});
  readonly cause?: number;
  readonly text?: string;
}

/** All readable Reason values of a message. */
export function reasonsOf(message: Pick<SipMessage, 'headers'>): readonly Reason[] {
  return listValues(message, 'Reason').flatMap((value) => parseReason(value) ?? []);
}

function parseReason(value: string): Reason | undefined {
  const semicolon = value.indexOf(';');
  const protocol = (semicolon < 0 ? value : value.slice(0, semicolon)).trim();
  const parameters = parseParameters(semicolon < 0 ? '' : value.slice(semicolon));
  if (!isToken(protocol) || !parameters) return undefined;
  const cause = parseNumber(parameters.get('cause') ?? '', 999);
  const rawText = parameters.get('text');
  const text = rawText === undefined ? undefined : (unquote(rawText) ?? rawText);
  return { protocol, ...(cause === undefined ? {} : { cause }), ...(text === undefined ? {} : { text }) };
}

export function reasonHeader(reason: Reason): Header {
  const cause = reason.cause === undefined ? '' : `;cause=${reason.cause}`;
  const text = reason.text === undefined ? '' : `;text=${quote(reason.text)}`;
  return { name: 'Reason', value: `${reason.protocol}${cause}${text}` };
}
