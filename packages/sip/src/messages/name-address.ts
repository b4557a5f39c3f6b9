import { remembering } from './parse-memo.ts';
import { parseParameters, printParameters, withParameter } from './parameters.ts';
import type { Parameters } from './parameters.ts';
import { quote, unquote } from './quoted-string.ts';
import { parseSipUri, uriScheme } from './sip-uri.ts';
import { isToken } from './token.ts';

/** The value of From, To, Contact, Route and their like, RFC 3261 §20.10. */
export interface NameAddress {
  readonly displayName?: string;
  /** Any scheme, as written, without angle brackets. */
  readonly uri: string;
  readonly parameters: Parameters;
}

/** Reads one value; undefined when malformed. */
export const parseNameAddress = remembering(readNameAddress);

function readNameAddress(text: string): NameAddress | undefined {
  const value = text.trim();
  const open = findOutsideQuotes(value, '<');
  if (open === undefined) return undefined;
  return open < 0 ? parseAddressSpec(value) : parseBracketed(value, open);
}

/** Index of `wanted` outside quotes, -1 when absent, undefined when a quote is not closed. */
function findOutsideQuotes(text: string, wanted: string): number | undefined {
  if (!text.includes('"')) return text.indexOf(wanted);
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    if (quoted && text[index] === '\\') index++;
    else if (text[index] === '"') quoted = !quoted;
    else if (!quoted && text[index] === wanted) return index;
  }
  return quoted ? undefined : -1;
}

function parseBracketed(value: string, open: number): NameAddress | undefined {
  const close = value.indexOf('>', open);
  const displayName = parseDisplayName(value.slice(0, open).trim());
  const uri = value.slice(open + 1, Math.max(open, close));
  const parameters = parseParameters(value.slice(close + 1));
  if (close < 0 || displayName === undefined || !parameters || !isUri(uri)) return undefined;
  return { ...(displayName === '' ? {} : { displayName }), uri, parameters };
}

function parseDisplayName(text: string): string | undefined {
  if (text === '') return text;
  if (text.startsWith('"')) return unquote(text);
  // RFC 4475 §3.1.2.15 asks to be liberal with display names that should have been quoted.
  return /["<>;]/.test(text) ? undefined : text.replace(/\s+/g, ' ');
}

/** Without angle brackets every parameter belongs to the header, and the URI holds no comma, `?` or `;` (§20.10). */
function parseAddressSpec(value: string): NameAddress | undefined {
  const semicolon = value.indexOf(';');
  const uri = (semicolon < 0 ? value : value.slice(0, semicolon)).trimEnd();
  const parameters = parseParameters(semicolon < 0 ? '' : value.slice(semicolon));
  if (!parameters || /[,?]/.test(uri) || !isUri(uri)) return undefined;
  return { uri, parameters };
}

function isUri(uri: string): boolean {
  if (parseSipUri(uri)) return true;
  const scheme = uriScheme(uri);
  if (scheme === 'sip' || scheme === 'sips') return false;
  return scheme !== undefined && !/[\s<>"]/.test(uri);
}

export function printNameAddress(address: NameAddress): string {
  const { displayName } = address;
  const isPlain = displayName !== undefined && displayName.split(' ').every(isToken);
  const name = displayName === undefined ? '' : `${isPlain ? displayName : quote(displayName)} `;
  return `${name}<${address.uri}>${printParameters(address.parameters)}`;
}

/** The tag of a From or To value. */
export function tagOf(address: NameAddress | undefined): string | undefined {
  return address?.parameters.get('tag');
}

export function withTag(address: NameAddress, tag: string): NameAddress {
  return { ...address, parameters: withParameter(address.parameters, 'tag', tag) };
}
