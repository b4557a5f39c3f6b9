import { parseHostPort, printHostPort } from './host-port.ts';
import type { ParsedHostPort } from './host-port.ts';
import { remembering } from './parse-memo.ts';
import { parseParameters, printParameters } from './parameters.ts';
import type { Parameters } from './parameters.ts';

/** One Via value, RFC 3261 §20.42. */
export interface Via extends ParsedHostPort {
  /** Upper case: `UDP`, `TCP`, `WS` … */
  readonly transport: string;
  readonly parameters: Parameters;
}

/** What makes a branch unique across time and space, RFC 3261 §8.1.1.7. */
export const branchCookie = 'z9hG4bK';

const sentProtocol = /^SIP\s*\/\s*2\.0\s*\/\s*([A-Za-z0-9\-.!%*_+`'~]+)\s+/i;

/** What nearly every Via begins with. */
const usualProtocols = ['UDP', 'TCP', 'TLS', 'WS', 'WSS'].map((name) => [`SIP/2.0/${name} `, name] as const);

/** The transport in upper case and what follows it. */
function splitProtocol(text: string): readonly [transport: string | undefined, rest: string] {
  for (const [start, name] of usualProtocols) if (text.startsWith(start)) return [name, text.slice(start.length)];
  const protocol = sentProtocol.exec(text);
  return [protocol?.[1]?.toUpperCase(), protocol ? text.slice(protocol[0].length) : ''];
}

export const parseVia = remembering(readVia);

function readVia(text: string): Via | undefined {
  const [transport, rest] = splitProtocol(text);
  if (transport === undefined) return undefined;
  const semicolon = rest.indexOf(';');
  const sentBy = parseHostPort((semicolon < 0 ? rest : rest.slice(0, semicolon)).trim());
  const parameters = parseParameters(semicolon < 0 ? '' : rest.slice(semicolon));
  if (!sentBy || !parameters) return undefined;
  return { transport, ...sentBy, parameters };
}

export function printVia(via: Via): string {
  return `SIP/2.0/${via.transport} ${printHostPort(via)}${printParameters(via.parameters)}`;
}

/** The readable start of a malformed Via, enough to send an error back; undefined when there is none. */
export function salvageVia(text: string): string | undefined {
  const match = /^SIP\s*\/\s*[0-9.]{1,8}\s*\/\s*([A-Za-z]{1,10})\s+([^;,\s]+)/i.exec(text);
  const sentBy = match ? parseHostPort(match[2]!) : undefined;
  if (!match || !sentBy) return undefined;
  const branch = /;\s*branch\s*=\s*([A-Za-z0-9\-.!%*_+`'~]+)/i.exec(text)?.[1];
  const parameters: Parameters = new Map(branch === undefined ? [] : [['branch', branch]]);
  return printVia({ transport: match[1]!.toUpperCase(), ...sentBy, parameters });
}
