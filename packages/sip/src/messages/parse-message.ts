import { findHeaderFault } from './check-headers.ts';
import { headerValue, headerValues, withoutHeader } from './header-access.ts';
import { messageLimits } from './message-limits.ts';
import type { MessageLimits } from './message-limits.ts';
import { parseHeaderLines } from './parse-header-lines.ts';
import type { ParseOutcome } from './parse-outcome.ts';
import { parseStartLine } from './parse-start-line.ts';
import type { StartLine } from './parse-start-line.ts';
import { sipRequest, sipResponse } from './sip-message.ts';
import type { Header, SipMessage } from './sip-message.ts';
import { parseNumber } from './token.ts';
import { parseVia, salvageVia } from './via.ts';

/**
 * Reads one datagram or WebSocket message: start line, headers, and as much body as Content-Length says
 * (all that is there without one, RFC 3261 §18.3). Octets beyond are ignored. Never throws.
 */
export function parseMessage(bytes: Uint8Array, limits: MessageLimits = messageLimits): ParseOutcome {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = 0;
  while (data[start] === 0x0d || data[start] === 0x0a) start++;
  if (start === data.length) return { kind: 'keep-alive' };
  const ending = lineEndingOf(data, start);
  const end = data.indexOf(ending + ending, start);
  const headEnd = end < 0 ? data.length : end;
  const text = data.toString('utf8', start, Math.min(headEnd, start + limits.headerSection));
  const head = ending === '\n' ? text.replace(/\n/g, '\r\n') : text;
  const body = end < 0 ? data.subarray(data.length) : data.subarray(end + 2 * ending.length);
  const isTooLong = headEnd - start > limits.headerSection;
  const isOpen = end < 0 && !emptyBodyAnnounced.test(head);
  return parseHead(head, body, limits, isTooLong ? 'Headers Too Long' : isOpen ? 'Missing End of Headers' : undefined);
}

/** Without the empty line a message is whole only if its last header says that nothing follows. */
const emptyBodyAnnounced = /\r\n(?:Content-Length|l)[ \t]*:[ \t]*0\r\n$/i;

/** CRLF (RFC 3261 §7); some senders end every line with LF alone, as RFC 5118's own archive does. */
function lineEndingOf(data: Buffer, start: number): '\r\n' | '\n' {
  const first = data.indexOf(0x0a, start);
  return first > 0 && data[first - 1] !== 0x0d ? '\n' : '\r\n';
}

function parseHead(
  head: string,
  rest: Uint8Array,
  limits: MessageLimits,
  frameFault: string | undefined,
): ParseOutcome {
  const lineEnd = head.indexOf('\r\n');
  const start = parseStartLine(lineEnd < 0 ? head : head.slice(0, lineEnd));
  if (!start) return { kind: 'noise', reason: 'not a SIP start line' };
  const lines = parseHeaderLines(lineEnd < 0 ? '' : head.slice(lineEnd + 2).trimEnd(), limits);
  const framed = frameBody(lines.headers, rest, limits);
  const message = build(start, lines.headers, framed.body);
  const lineFault = start.kind === 'request' ? start.fault : undefined;
  const syntax = frameFault ?? lines.fault;
  const fault =
    lineFault ??
    (syntax ? { status: 400 as const, reason: syntax } : undefined) ??
    framed.fault ??
    findHeaderFault(message);
  return fault ? unreadable(message, fault.status, fault.reason) : { kind: 'message', message };
}

interface FramedBody {
  readonly body: Uint8Array;
  readonly fault?: { readonly status: 400 | 413; readonly reason: string };
}

function frameBody(headers: readonly Header[], rest: Uint8Array, limits: MessageLimits): FramedBody {
  const text = headerValue({ headers }, 'Content-Length');
  const length = text === undefined ? rest.length : parseNumber(text, Number.MAX_SAFE_INTEGER);
  if (length === undefined)
    return { body: rest.subarray(0, 0), fault: { status: 400, reason: 'Malformed Content-Length' } };
  if (length > limits.body)
    return { body: rest.subarray(0, 0), fault: { status: 413, reason: 'Request Entity Too Large' } };
  // RFC 3261 §18.3: a datagram that ends before its body does.
  if (length > rest.length) return { body: rest, fault: { status: 400, reason: 'Body Shorter Than Content-Length' } };
  return { body: rest.subarray(0, length) };
}

function build(start: StartLine, headers: readonly Header[], body: Uint8Array): SipMessage {
  return start.kind === 'request'
    ? sipRequest(start.method, start.uri, headers, body)
    : sipResponse(start.status, start.reason, headers, body);
}

/** RFC 3261 §18.1.2, §17.2: broken responses and ACKs are dropped; requests are answered when a Via says where to. */
function unreadable(message: SipMessage, status: 400 | 413 | 501 | 505, reason: string): ParseOutcome {
  if (message.kind === 'response' || message.method === 'ACK') return { kind: 'noise', reason };
  const [top, ...others] = headerValues(message, 'Via');
  const via = top === undefined ? undefined : parseVia(top) ? top : salvageVia(top);
  if (via === undefined) return { kind: 'noise', reason };
  const vias = [via, ...others.filter((other) => parseVia(other))].map((value) => ({ name: 'Via', value }));
  const request = sipRequest(message.method, message.uri, [...vias, ...withoutHeader(message.headers, 'Via')]);
  return { kind: 'unreadable', status, reason, request };
}
