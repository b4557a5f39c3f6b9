import { parseHostPort, printHostPort } from './host-port.ts';
import { remembering } from './parse-memo.ts';
import { noParameters, printParameters } from './parameters.ts';
import type { Parameters } from './parameters.ts';
import { escapeUri, unescapeUri } from './uri-escape.ts';

/** A SIP or SIPS URI, RFC 3261 §19.1. `user` and `password` are unescaped, the rest is as written. */
export interface SipUri {
  readonly scheme: 'sip' | 'sips';
  readonly user?: string;
  readonly password?: string;
  /** Name, IPv4 or IPv6 address; IPv6 without brackets. */
  readonly host: string;
  readonly port?: number;
  readonly parameters: Parameters;
  /** What follows `?`, as written. */
  readonly headers?: string;
}

/** The scheme of any URI in lower case; undefined when it has none. */
export function uriScheme(uri: string): string | undefined {
  return /^([A-Za-z][A-Za-z0-9+.-]*):./.exec(uri)?.[1]?.toLowerCase();
}

function sipScheme(uri: string): 'sip' | 'sips' | undefined {
  if (uri.startsWith('sip:')) return 'sip';
  const scheme = uriScheme(uri);
  return scheme === 'sip' || scheme === 'sips' ? scheme : undefined;
}

/** Reads a SIP(S) URI; undefined when it has another scheme or is malformed. */
export const parseSipUri = remembering(readSipUri);

function readSipUri(text: string): SipUri | undefined {
  const scheme = sipScheme(text);
  if (scheme === undefined || /[\s<>"]/.test(text)) return undefined;
  const rest = text.slice(scheme.length + 1);
  const at = rest.indexOf('@');
  const userInfo = at < 0 ? noUserInfo : parseUserInfo(rest.slice(0, at));
  const tail = rest.slice(at + 1);
  if (!userInfo || tail.includes('@')) return undefined;
  const question = tail.indexOf('?');
  const beforeHeaders = question < 0 ? tail : tail.slice(0, question);
  const semicolon = beforeHeaders.indexOf(';');
  const hostPort = parseHostPort(semicolon < 0 ? beforeHeaders : beforeHeaders.slice(0, semicolon));
  const parameters = semicolon < 0 ? noParameters : parseUriParameters(beforeHeaders.slice(semicolon + 1));
  if (!hostPort || !parameters) return undefined;
  return {
    scheme,
    ...userInfo,
    ...hostPort,
    parameters,
    ...(question < 0 ? {} : { headers: tail.slice(question + 1) }),
  };
}

const noUserInfo: { readonly user?: string; readonly password?: string } = {};

function parseUserInfo(text: string): { user: string; password?: string } | undefined {
  const colon = text.indexOf(':');
  const user = unescapeUri(colon < 0 ? text : text.slice(0, colon));
  const password = colon < 0 ? undefined : unescapeUri(text.slice(colon + 1));
  if (!user || (colon >= 0 && password === undefined)) return undefined;
  return password === undefined ? { user } : { user, password };
}

function parseUriParameters(text: string): Parameters | undefined {
  const parameters = new Map<string, string | undefined>();
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).toLowerCase();
    if (name === '' || unescapeUri(part) === undefined) return undefined;
    if (!parameters.has(name)) parameters.set(name, equals < 0 ? undefined : part.slice(equals + 1));
  }
  return parameters;
}

export function printSipUri(uri: SipUri): string {
  const password = uri.password === undefined ? '' : `:${escapeUri(uri.password, 'password')}`;
  const userInfo = uri.user === undefined ? '' : `${escapeUri(uri.user, 'user')}${password}@`;
  const headers = uri.headers === undefined ? '' : `?${uri.headers}`;
  return `${uri.scheme}:${userInfo}${printHostPort(uri)}${printParameters(uri.parameters)}${headers}`;
}

/** Parameters that count even when only one URI has them, RFC 3261 §19.1.4. */
const decisiveParameters = ['transport', 'user', 'method', 'ttl', 'maddr'];

/** Whether two URIs mean the same, RFC 3261 §19.1.4. */
export function sameSipUri(left: SipUri, right: SipUri): boolean {
  return (
    left.scheme === right.scheme &&
    left.user === right.user &&
    left.password === right.password &&
    left.host.toLowerCase() === right.host.toLowerCase() &&
    left.port === right.port &&
    sameParameters(left.parameters, right.parameters) &&
    sameHeaders(left.headers, right.headers)
  );
}

function sameParameters(left: Parameters, right: Parameters): boolean {
  return [...new Set([...left.keys(), ...right.keys()])].every((name) => {
    if (!(left.has(name) && right.has(name))) return !decisiveParameters.includes(name);
    const [one, other] = [left.get(name), right.get(name)].map((value) => unescapeUri(value ?? '')?.toLowerCase());
    return one === other;
  });
}

function sameHeaders(left: string | undefined, right: string | undefined): boolean {
  const sorted = (headers: string | undefined) => (headers ?? '').toLowerCase().split('&').sort().join('&');
  return sorted(left) === sorted(right);
}
