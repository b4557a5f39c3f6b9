import { parseCSeq } from './cseq.ts';
import { parseNameAddress } from './name-address.ts';
import type { SipMessage } from './sip-message.ts';
import { parseNumber } from './token.ts';
import { branchCookie, parseVia } from './via.ts';

export interface HeaderFault {
  readonly status: 400 | 501;
  readonly reason: string;
}

/** RFC 3261 §7.3.1: headers that stand at most once. */
const singleHeaders = ['From', 'To', 'Call-ID', 'CSeq', 'Max-Forwards', 'Content-Length', 'Content-Type'];

/** Checks what every layer above relies on, RFC 3261 §8.1.1. Undefined: all well. */
export function findHeaderFault(message: SipMessage): HeaderFault | undefined {
  const bad = (reason: string): HeaderFault => ({ status: 400, reason });
  const values = valuesByName(message);
  const missing = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].find((name) => !values.has(name));
  if (missing) return bad(`Missing ${missing}`);
  const repeated = singleHeaders.find((name) => (values.get(name)?.length ?? 0) > 1);
  if (repeated) return bad(`Repeated ${repeated}`);
  const malformed = findMalformed(values);
  if (malformed) return bad(`Malformed ${malformed}`);
  return message.kind === 'request' ? cseqFault(message.method, values.get('CSeq')![0]!) : undefined;
}

/** One pass over the headers; the parser has written their names in full. */
function valuesByName(message: SipMessage): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const { name, value } of message.headers) {
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  return values;
}

/** The name of the first header that cannot be read. */
function findMalformed(values: ReadonlyMap<string, readonly string[]>): string | undefined {
  const every = (name: string, isFine: (value: string) => boolean) =>
    (values.get(name)?.every(isFine) ?? true) ? undefined : name;
  const isAddress = (value: string) => parseNameAddress(value) !== undefined;
  return (
    every('Via', isUsableVia) ??
    every('From', isAddress) ??
    every('To', isAddress) ??
    every('Call-ID', (value) => /^\S+$/.test(value)) ??
    every('CSeq', (value) => parseCSeq(value) !== undefined) ??
    every('Max-Forwards', (value) => parseNumber(value, 255) !== undefined) ??
    every('Contact', (value) => value === '*' || isAddress(value)) ??
    every('Route', isAddress) ??
    every('Record-Route', isAddress)
  );
}

function isUsableVia(value: string): boolean {
  const via = parseVia(value);
  // RFC 4475 §3.2.1: the cookie alone identifies nothing.
  return via !== undefined && via.parameters.get('branch') !== branchCookie;
}

const knownMethods = new Set(
  ['INVITE', 'ACK', 'CANCEL', 'BYE', 'OPTIONS', 'REGISTER', 'INFO', 'UPDATE', 'REFER', 'NOTIFY'].concat([
    'SUBSCRIBE',
    'MESSAGE',
    'PRACK',
    'PUBLISH',
  ]),
);

/** RFC 3261 §8.1.1.5: the method in CSeq is that of the start line. RFC 4475 §3.1.2.18: 501 when we do not know it. */
function cseqFault(method: string, cseq: string): HeaderFault | undefined {
  if (parseCSeq(cseq)?.method === method) return undefined;
  return knownMethods.has(method)
    ? { status: 400, reason: 'CSeq Method Mismatch' }
    : { status: 501, reason: 'Not Implemented' };
}
