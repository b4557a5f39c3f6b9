import { remembering } from './parse-memo.ts';
import { splitOutsideQuotes } from './split-list.ts';
import { unquote } from './quoted-string.ts';
import { isToken } from './token.ts';

/** The value of WWW-Authenticate, Authorization and their like: a scheme and its parameters, unquoted, by lower-case name. */
export interface AuthHeader {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Reads a challenge or credentials, RFC 3261 §25.1. Each must stand on a header line of its own (§7.3.1). */
export const parseAuthHeader = remembering(readAuthHeader);

function readAuthHeader(text: string): AuthHeader | undefined {
  const match = /^\s*([A-Za-z0-9\-.!%*_+`'~]+)\s+(.*)$/s.exec(text);
  if (!match) return undefined;
  const parameters = new Map<string, string>();
  for (const part of splitOutsideQuotes(match[2]!, ',')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(0, equals)).trim().toLowerCase();
    const raw = part.slice(equals + 1).trim();
    const value = raw.startsWith('"') ? unquote(raw) : raw;
    if (equals < 1 || !isToken(name) || value === undefined || parameters.has(name)) return undefined;
    parameters.set(name, value);
  }
  return { scheme: match[1]!, parameters };
}
