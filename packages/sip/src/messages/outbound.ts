import type { NameAddress } from './name-address.ts';
import { parseSipUri, printSipUri } from './sip-uri.ts';
import { unquote } from './quoted-string.ts';
import { parseNumber } from './token.ts';

/** What makes a Contact one of several flows of one device, RFC 5626 §6. */
export interface OutboundBinding {
  /** As in `+sip.instance`, without quotes and angle brackets. */
  readonly instance: string;
  /** From 1. */
  readonly regId: number;
}

/** RFC 5626 §10: reg-id counts from 1. */
const maximumRegId = 2 ** 31 - 1;

/** The device a Contact belongs to; undefined without a readable `+sip.instance`. */
export function instanceOf(contact: NameAddress): string | undefined {
  const raw = contact.parameters.get('+sip.instance');
  return raw === undefined ? undefined : /^<([^<>\s]{1,200})>$/.exec(unquote(raw) ?? '')?.[1];
}

/** Undefined when the Contact asks for no outbound binding; a reg-id without instance is ignored (RFC 5626 §6). */
export function outboundBindingOf(contact: NameAddress): OutboundBinding | undefined {
  const instance = instanceOf(contact);
  const regId = parseNumber(contact.parameters.get('reg-id') ?? '', maximumRegId);
  return instance === undefined || regId === undefined || regId === 0 ? undefined : { instance, regId };
}

/** Whether a URI says that its proxy or phone keeps flows (RFC 5626 §5.1, §8). */
export function keepsFlow(uri: string): boolean {
  return parseSipUri(uri)?.parameters.has('ob') ?? false;
}

/** `uri` with `ob`. Anything but a SIP URI stays as it is. */
export function withFlow(uri: string): string {
  const parsed = parseSipUri(uri);
  return parsed ? printSipUri({ ...parsed, parameters: new Map([...parsed.parameters, ['ob', undefined]]) }) : uri;
}
