import { parseSipUri, uriScheme } from './sip-uri.ts';
import { isToken } from './token.ts';

export type StartLine =
  | { readonly kind: 'request'; readonly method: string; readonly uri: string; readonly fault?: StartLineFault }
  | { readonly kind: 'response'; readonly status: number; readonly reason: string };

export interface StartLineFault {
  readonly status: 400 | 505;
  readonly reason: string;
}

const statusLine = /^SIP\/2\.0 ([1-6][0-9]{2}) ?(.*)$/is;
const anyVersion = /^SIP\/[0-9]+\.[0-9]+$/i;

/** Reads the first line. Undefined: not SIP at all, or a response that must be dropped (RFC 4475 §3.1.2.19). */
export function parseStartLine(line: string): StartLine | undefined {
  const response = statusLine.exec(line);
  if (response) return { kind: 'response', status: Number(response[1]), reason: response[2]! };
  const space = line.indexOf(' ');
  const method = line.slice(0, Math.max(0, space));
  const version = line.slice(line.trimEnd().lastIndexOf(' ') + 1).trimEnd();
  if (!isToken(method) || !anyVersion.test(version)) return undefined;
  const uri = line.slice(space + 1, line.lastIndexOf(version) - 1);
  const fault = requestLineFault(uri, version, line);
  return { kind: 'request', method, uri, ...(fault ? { fault } : {}) };
}

function requestLineFault(uri: string, version: string, line: string): StartLineFault | undefined {
  if (version.toUpperCase() !== 'SIP/2.0') return { status: 505, reason: 'Version Not Supported' };
  // RFC 3261 §7.1: single SP between the elements, none inside the URI.
  if (/\s/.test(uri) || !line.endsWith(version)) return { status: 400, reason: 'Malformed Request-Line' };
  const scheme = uriScheme(uri);
  if (scheme === undefined || /[<>"]/.test(uri)) return { status: 400, reason: 'Malformed Request-URI' };
  if (scheme !== 'sip' && scheme !== 'sips') return undefined;
  const sip = parseSipUri(uri);
  // RFC 3261 §19.1.1 table 1: no headers in a Request-URI.
  return sip && sip.headers === undefined ? undefined : { status: 400, reason: 'Malformed Request-URI' };
}
