import { fullHeaderName } from './header-name.ts';
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

/** Reads header lines, unfolds them (RFC 3261 §7.3.1), writes names in full. Never throws. */
export function parseHeaderLines(text: string, limits: MessageLimits): HeaderLines {
  const lines = text.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers: Header[] = [];
  let fault: string | undefined = lines.length > limits.headerCount ? 'Too Many Headers' : undefined;
  for (const line of lines.slice(0, limits.headerCount)) {
    const parsed = parseHeaderLine(line);
    if (!parsed) fault ??= 'Malformed Header';
    else headers.push(...parsed);
  }
  if (headers.length > limits.headerCount) fault ??= 'Too Many Headers';
  return fault === undefined ? { headers } : { headers, fault };
}

function parseHeaderLine(line: string): readonly Header[] | undefined {
  const colon = line.indexOf(':');
  const rawName = line.slice(0, Math.max(0, colon)).trimEnd();
  if (!isToken(rawName) || /[\r\n]/.test(line)) return undefined;
  const name = fullHeaderName(rawName);
  const value = line.slice(colon + 1).trim();
  if (!splitHeaders.has(name)) return [Object.freeze({ name, value })];
  const values = splitList(value);
  return values.length === 0 ? undefined : values.map((one) => Object.freeze({ name, value: one }));
}
