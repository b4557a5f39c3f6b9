import { parseNumber } from './token.ts';

/** IPv6 addresses are held without brackets. */
export interface ParsedHostPort {
  readonly host: string;
  readonly port?: number;
}

/** Reads `host`, `host:port` or `[IPv6]:port`; white space around the colon is allowed as in Via (RFC 3261 §25.1). */
export function parseHostPort(text: string): ParsedHostPort | undefined {
  const colon = text.indexOf(':');
  const host = colon < 0 ? text : text.slice(0, colon);
  if (!isPlainHost(host)) return parseAnyHostPort(text);
  if (colon < 0) return { host };
  const port = parseNumber(text.slice(colon + 1), 65_535);
  return port === undefined || text.length - colon > 6 ? parseAnyHostPort(text) : { host, port };
}

const hostCharacters = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9_.-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

function isPlainHost(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (hostCharacters[text.charCodeAt(index)] !== 1) return false;
  return text.length > 0 && text.length <= 255;
}

function parseAnyHostPort(text: string): ParsedHostPort | undefined {
  const match = /^(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9_.-]{1,255}))(?:\s*:\s*([0-9]{1,5}))?$/.exec(text);
  if (!match) return undefined;
  const host = match[1] ?? match[2]!;
  if (match[3] === undefined) return { host };
  const port = parseNumber(match[3], 65_535);
  return port === undefined ? undefined : { host, port };
}

export function printHostPort(address: ParsedHostPort): string {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return address.port === undefined ? host : `${host}:${address.port}`;
}

/** Whether `host` is a literal address, so that no name needs to be looked up. */
export function isAddressLiteral(host: string): boolean {
  return host.includes(':') || /^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/.test(host);
}
