import { parseCSeq } from './cseq.ts';
import { parseNameAddress } from './name-address.ts';
import type { Header, SipMessage } from './sip-message.ts';
import { parseNumber } from './token.ts';
import { branchCookie, parseVia } from './via.ts';

export interface HeaderFault {
  readonly status: 400 | 501;
  readonly reason: string;
}

/** RFC 3261 §7.3.1: headers that stand at most once, as bits. */
const single: Readonly<Record<string, number>> = {
  From: 1,
  To: 2,
  'Call-ID': 4,
  CSeq: 8,
  'Max-Forwards': 16,
  'Content-Length': 32,
  'Content-Type': 64,
};
const viaBit = 128;
/** RFC 3261 §8.1.1, in the order in which their absence is told. */
const mandatory: readonly (readonly [name: string, bit: number])[] = [
  ['Via', viaBit],
  ['From', 1],
  ['To', 2],
  ['Call-ID', 4],
  ['CSeq', 8],
];

/** Checks what every layer above relies on, RFC 3261 §8.1.1. Undefined: all well. */
export function findHeaderFault(message: SipMessage): HeaderFault | undefined {
  const bad = (reason: string): HeaderFault => ({ status: 400, reason });
  let seen = 0;
  let repeated: string | undefined;
  let malformed: string | undefined;
  for (const header of message.headers) {
    const bit = header.name === 'Via' ? viaBit : (single[header.name] ?? 0);
    if (bit !== viaBit && (seen & bit) !== 0) repeated ??= header.name;
    seen |= bit;
    if (!isReadable(header)) malformed ??= header.name;
  }
  const missing = mandatory.find(([, bit]) => (seen & bit) === 0);
  if (missing) return bad(`Missing ${missing[0]}`);
  if (repeated) return bad(`Repeated ${repeated}`);
  if (malformed) return bad(`Malformed ${malformed}`);
  return message.kind === 'request' ? cseqFault(message) : undefined;
}

/** The parser has written the names in full. */
function isReadable({ name, value }: Header): boolean {
  switch (name) {
    case 'Via':
      return isUsableVia(value);
    case 'Contact':
      return value === '*' || parseNameAddress(value) !== undefined;
    case 'From':
    case 'To':
    case 'Route':
    case 'Record-Route':
      return parseNameAddress(value) !== undefined;
    case 'Call-ID':
      return value !== '' && !/\s/.test(value);
    case 'CSeq':
      return parseCSeq(value) !== undefined;
    case 'Max-Forwards':
      return parseNumber(value, 255) !== undefined;
    default:
      return true;
  }
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
function cseqFault({ method, headers }: Extract<SipMessage, { kind: 'request' }>): HeaderFault | undefined {
  const cseq = headers.find((header) => header.name === 'CSeq')?.value ?? '';
  if (parseCSeq(cseq)?.method === method) return undefined;
  return knownMethods.has(method)
    ? { status: 400, reason: 'CSeq Method Mismatch' }
    : { status: 501, reason: 'Not Implemented' };
}
