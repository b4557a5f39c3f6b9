import { parseParameters } from './parameters.ts';
import type { Header } from './sip-message.ts';
import { unescapeUri } from './uri-escape.ts';

/** The dialog an INVITE is to take the place of, RFC 3891 §6.1. Tags as the addressed user agent sees them. */
export interface Replaces {
  readonly callId: string;
  /** Our tag, when it is addressed to us. */
  readonly toTag: string;
  readonly fromTag: string;
  /** Only while that dialog has not been answered. */
  readonly earlyOnly: boolean;
}

/** Undefined when a tag or the Call-ID is missing. */
export function parseReplaces(value: string): Replaces | undefined {
  const semicolon = value.indexOf(';');
  const callId = (semicolon < 0 ? value : value.slice(0, semicolon)).trim();
  const parameters = parseParameters(semicolon < 0 ? '' : value.slice(semicolon));
  const [toTag, fromTag] = [parameters?.get('to-tag'), parameters?.get('from-tag')];
  if (!parameters || !/^[^\s,]+$/.test(callId) || toTag === undefined || fromTag === undefined) return undefined;
  return { callId, toTag, fromTag, earlyOnly: parameters.has('early-only') };
}

export function replacesHeader(replaces: Replaces): Header {
  const { callId, toTag, fromTag, earlyOnly } = replaces;
  const flag = earlyOnly ? ';early-only' : '';
  return { name: 'Replaces', value: `${callId};to-tag=${toTag};from-tag=${fromTag}${flag}` };
}

/** The Replaces of a Refer-To URI (RFC 3891 §6.1, RFC 5589 §7): `sip:…?Replaces=…`, escaped. */
export function replacesOfUri(uri: string): Replaces | 'malformed' | undefined {
  const question = uri.indexOf('?');
  if (question < 0) return undefined;
  const values = uri
    .slice(question + 1)
    .split('&')
    .filter((field) => /^replaces=/i.test(field));
  if (values.length === 0) return undefined;
  const plain = unescapeUri(values[0]!.slice('replaces='.length));
  return (values.length === 1 && plain !== undefined ? parseReplaces(plain) : undefined) ?? 'malformed';
}

/** `uri` without the headers behind its question mark. */
export function withoutUriHeaders(uri: string): string {
  const question = uri.indexOf('?');
  return question < 0 ? uri : uri.slice(0, question);
}

/** `uri` (without headers) that asks whoever calls it to replace that dialog. */
export function withUriReplaces(uri: string, replaces: Replaces): string {
  return `${uri}?Replaces=${encodeURIComponent(replacesHeader(replaces).value)}`;
}
