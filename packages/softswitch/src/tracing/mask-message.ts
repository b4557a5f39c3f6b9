import { printMessage, type SipMessage } from '@amtsleitung/sip';
import { maskBody } from './mask-body.ts';
import { maskAddresses, maskDigest, maskDigitRows, maskParties, maskUris } from './mask-value.ts';
import type { OwnNames } from './own-names.ts';

/** Headers that hold no party and no secret. */
const plain = new Set([
  ...['via', 'cseq', 'call-id', 'max-forwards', 'content-type', 'content-length', 'content-disposition', 'expires'],
  ...['session-expires', 'min-se', 'min-expires', 'rseq', 'rack', 'allow', 'allow-events', 'supported', 'require'],
  ...['proxy-require', 'unsupported', 'accept', 'accept-encoding', 'accept-language', 'user-agent', 'server', 'date'],
  ...['timestamp', 'retry-after', 'privacy', 'event', 'subscription-state', 'replaces', 'target-dialog', 'refer-sub'],
  ...['mime-version', 'p-early-media', 'x-amtsleitung-call', 'x-amtsleitung-auto-answer'],
]);
/** Headers that name parties. */
const parties = new Set([
  ...['from', 'to', 'contact', 'p-asserted-identity', 'p-preferred-identity', 'remote-party-id', 'diversion'],
  ...['history-info', 'referred-by', 'refer-to', 'p-called-party-id', 'route', 'record-route', 'path'],
  ...['service-route', 'p-associated-uri', 'reply-to', 'alert-info'],
]);
const secrets = new Set([
  ...['authorization', 'proxy-authorization', 'www-authenticate', 'proxy-authenticate', 'authentication-info'],
]);
/** Free text of the far side. */
const sentences = new Set(['reason', 'warning']);

const mostText = 8_192;
/** Longer values are left out: nothing looks through them, and half of a number could not be told from a name. */
const longestValue = 2_048;

export interface MaskOptions {
  readonly own: OwnNames;
  /** On the way to a phone, whose address could tell where somebody lives. */
  readonly hidesAddresses: boolean;
}

/** A message as it may be kept: no digit of an outside number, no name, no secret, no key. What is not known is left out. */
export function maskMessage(message: SipMessage, { own, hidesAddresses }: MaskOptions): string {
  const headers = message.headers.map(({ name, value }) => ({ name, value: maskHeader(name, shortened(value), own) }));
  const body = Buffer.from(maskBody(message));
  const start =
    message.kind === 'request'
      ? { ...message, uri: maskUris(shortened(message.uri), own) }
      : { ...message, reason: maskDigitRows(shortened(message.reason)) };
  const text = Buffer.from(printMessage({ ...start, headers, body }))
    .toString('utf8')
    .slice(0, mostText);
  return hidesAddresses ? maskAddresses(text) : text;
}

/** `INVITE`, or `180 Ringing`. */
export const summaryOf = (message: SipMessage): string =>
  message.kind === 'request' ? message.method : maskDigitRows(`${message.status} ${message.reason}`).slice(0, 60);

const shortened = (text: string): string => (text.length > longestValue ? 'xxx' : text);

function maskHeader(name: string, value: string, own: OwnNames): string {
  const known = name.toLowerCase();
  if (plain.has(known)) return value;
  if (parties.has(known)) return maskParties(value, own);
  if (secrets.has(known)) return maskDigest(value);
  return sentences.has(known) ? maskUris(maskDigitRows(value), own) : 'xxx';
}
