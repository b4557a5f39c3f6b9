import { headerValue, headerValues, listValues, parseCSeq, parseNameAddress, parseSipUri } from '@amtsleitung/sip';
import type { SipRequest, TransportProtocol } from '@amtsleitung/sip';
import { isLoopback, isUnroutable } from './contact-host.ts';
import { senderAddress } from './location.ts';
import type { Place } from './location.ts';
import { isFirstHopOutbound, readFlow } from './outbound-flow.ts';
import type { OutboundFlow } from './outbound-flow.ts';

export interface ContactChange {
  readonly contact: string;
  /** 0 removes. */
  readonly expiresSeconds: number;
  readonly flow?: OutboundFlow;
}

/** What a REGISTER asks for, RFC 3261 §10.3. */
export interface RegisterRequest {
  readonly callId: string;
  readonly cseq: number;
  readonly userAgent: string;
  /** `all-gone` is `Contact: *`; an empty list only asks what is registered. */
  readonly contacts: 'all-gone' | readonly ContactChange[];
  /** RFC 3327, only from proxies of ours. */
  readonly path: readonly string[];
}

export interface RegisterRefusal {
  readonly status: 400 | 403 | 423 | 439;
  readonly reason?: string;
  readonly minExpiresSeconds?: number;
}

/** Seconds a contact may live. Browsers come back often, so a dead tab is noticed soon. */
export const expiryLimits: Readonly<Record<TransportProtocol, { readonly min: number; readonly max: number }>> = {
  udp: { min: 60, max: 3600 },
  tcp: { min: 60, max: 3600 },
  tls: { min: 60, max: 3600 },
  ws: { min: 120, max: 600 },
};

const mostContacts = 5;
const longestContact = 512;
/** Proxies between a phone and us, and octets of each one's Path. */
const mostHops = 5;

/** Reads and checks a REGISTER as a whole: either every contact in it is fine or none is taken. */
export function readRegister(request: SipRequest, place: Place): RegisterRequest | RegisterRefusal {
  const cseq = parseCSeq(headerValue(request, 'CSeq') ?? '');
  const callId = headerValue(request, 'Call-ID')?.trim();
  if (!cseq || !callId) return { status: 400 };
  const userAgent = (headerValue(request, 'User-Agent') ?? '').slice(0, 120);
  const path = readPath(request, place);
  if (!path) return { status: 400, reason: 'Invalid Path' };
  const base = { callId, cseq: cseq.number, userAgent, path };
  const expires = headerValue(request, 'Expires')?.trim();
  const values = listValues(request, 'Contact').map((value) => value.trim());
  if (values.includes('*')) {
    if (values.length > 1 || expires !== '0') return { status: 400, reason: 'Invalid Contact' };
    return { ...base, contacts: 'all-gone' };
  }
  if (values.length > mostContacts) return { status: 403, reason: 'Too Many Contacts' };
  const contacts: ContactChange[] = [];
  for (const value of values) {
    const read = readContact(value, expires, place);
    if ('status' in read) return read;
    const flow = readFlow(request, parseNameAddress(value)!);
    contacts.push(flow ? { ...read, flow } : read);
  }
  // RFC 5626 §6
  if (contacts.some(({ flow }) => flow) && !isFirstHopOutbound(request, path)) return { status: 439 };
  return { ...base, contacts };
}

/** Whether the request registers somebody else than who it proves to be (RFC 3261 §10.3 step 4). */
export function isThirdParty(request: SipRequest, username: string): boolean {
  const userIn = (header: string): string | undefined =>
    parseSipUri(parseNameAddress(headerValues(request, header)[0] ?? '')?.uri ?? '')?.user;
  return userIn('To') !== username || userIn('From') !== username;
}

/** RFC 3327 §5.3. From anybody but a proxy of ours it is a wish to have requests sent elsewhere, and counts for nothing. */
function readPath(request: SipRequest, place: Place): readonly string[] | undefined {
  if (!place.phone) return [];
  const path = listValues(request, 'Path');
  const isRoute = (value: string): boolean =>
    value.length <= longestContact && parseSipUri(parseNameAddress(value)?.uri ?? '') !== undefined;
  return path.length <= mostHops && path.every(isRoute) ? path : undefined;
}

function readContact(value: string, expiresHeader: string | undefined, place: Place): ContactChange | RegisterRefusal {
  const address = parseNameAddress(value);
  const uri = parseSipUri(address?.uri ?? '');
  if (!address || uri?.scheme !== 'sip' || uri.headers !== undefined || address.uri.length > longestContact) {
    return { status: 400, reason: 'Invalid Contact' };
  }
  const limits = expiryLimits[place.transport];
  const asked = secondsOf(address.parameters.get('expires') ?? expiresHeader, limits.max);
  if (asked === 0) return { contact: address.uri, expiresSeconds: 0 };
  if (isUnroutable(uri.host) || (isLoopback(uri.host) && !isLoopback(senderAddress(place)))) {
    return { status: 403, reason: 'Contact Not Allowed' };
  }
  if (asked < limits.min) return { status: 423, minExpiresSeconds: limits.min };
  return { contact: address.uri, expiresSeconds: Math.min(asked, limits.max) };
}

/** RFC 3261 §10.2.1.1: what cannot be read counts as the default. */
const secondsOf = (text: string | undefined, otherwise: number): number =>
  text !== undefined && /^\d{1,10}$/.test(text.trim()) ? Number(text) : otherwise;
