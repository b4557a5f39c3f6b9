import { fullHeaderName, knownHeaderName } from './header-name.ts';
import type { MessageLimits } from './message-limits.ts';
import type { Header } from './sip-message.ts';
import { splitList } from './split-list.ts';
import { isToken } from './token.ts';

export interface HeaderLines {
  readonly headers: readonly Header[];
  /** The first thing wrong; the headers read so far are there all the same. */
  readonly fault?: string;
}

/** Lists whose members are added and removed one by one on the way. */
const splitHeaders = new Set(['Via', 'Route', 'Record-Route', 'Contact']);
/** Values are parts of the text they were read from and keep it alive; those of longer texts are copied. */
const longestShared = 8_192;

/** Reads header lines, unfolds them (RFC 3261 §7.3.1), writes names in full. Never throws. */
export function parseHeaderLines(text: string, limits: MessageLimits): HeaderLines {
  const unfolded = text.includes('\r\n ') || text.includes('\r\n\t') ? text.replace(/\r\n[ \t]+/g, ' ') : text;
  const lines = unfolded.split('\r\n');
  const headers: Header[] = [];
  let fault: string | undefined = lines.length > limits.headerCount ? 'Too Many Headers' : undefined;
  const count = Math.min(lines.length, limits.headerCount);
  for (let place = 0; place < count; place++) {
    const line = lines[place]!;
    if (!addHeaderLine(text.length > longestShared ? copied(line) : line, headers)) fault ??= 'Malformed Header';
  }
  if (headers.length > limits.headerCount) fault ??= 'Too Many Headers';
  return fault === undefined ? { headers } : { headers, fault };
}

const copied = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** False when the line is no header. */
function addHeaderLine(line: string, headers: Header[]): boolean {
  const colon = line.indexOf(':');
  if (colon < 1 || line.includes('\n') || line.includes('\r')) return false;
  const name = knownHeaderName(line.slice(0, colon)) ?? readName(line.slice(0, colon));
  if (name === undefined) return false;
  const value = line.slice(colon + 1).trim();
  if (!splitHeaders.has(name)) return headers.push({ name, value }) > 0;
  // Nothing that could stand between two members.
  if (value !== '' && !value.includes(',')) return headers.push({ name, value }) > 0;
  const values = splitList(value);
  for (const one of values) headers.push({ name, value: one });
  return values.length > 0;
}

function readName(text: string): string | undefined {
  const name = text.trimEnd();
  return isToken(name) ? fullHeaderName(name) : undefined;
}
