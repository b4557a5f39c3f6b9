import { unquote } from './quoted-string.ts';
import { splitOutsideQuotes } from './split-list.ts';
import { isToken } from './token.ts';

/** Header parameters by lower-case name; a parameter without value maps to undefined. Values are as written (quoted). */
export type Parameters = ReadonlyMap<string, string | undefined>;

export const noParameters: Parameters = new Map();

/** Reads `;a=b;c`. Undefined when malformed: empty parameter, bad name, unbalanced quotes. First of duplicates wins. */
export function parseParameters(text: string): Parameters | undefined {
  if (text === '' || text.trim() === '') return noParameters;
  const [before, ...parts] = splitOutsideQuotes(text, ';');
  if (before !== '' || parts.length === 0) return undefined;
  const parameters = new Map<string, string | undefined>();
  for (const part of parts) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals).trimEnd()).toLowerCase();
    const value = equals < 0 ? undefined : part.slice(equals + 1).trimStart();
    if (!isToken(name) || (value !== undefined && !isParameterValue(value))) return undefined;
    if (!parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

/** `gen-value` of RFC 3261 §25.1: token, host (IPv6 too) or quoted-string. */
function isParameterValue(value: string): boolean {
  if (isToken(value)) return true;
  return value.startsWith('"') ? unquote(value) !== undefined : /^[^\s"<>,;]+$/.test(value);
}

export function printParameters(parameters: Parameters): string {
  let text = '';
  for (const [name, value] of parameters) text += value === undefined ? `;${name}` : `;${name}=${value}`;
  return text;
}

/** `parameters` with `name` set. */
export function withParameter(parameters: Parameters, name: string, value: string | undefined): Parameters {
  return new Map([...parameters, [name, value]]);
}
