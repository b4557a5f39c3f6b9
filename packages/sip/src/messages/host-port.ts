import { parseNumber } from './token.ts';

/** IPv6 addresses are held without brackets. */
export interface ParsedHostPort {
  readonly host: string;
  readonly port?: number;
}

/** Reads `host`, `host:port` or `[IPv6]:port`; white space around the colon is allowed as in Via (RFC 3261 §25.1). */
export function parseHostPort(text: string): ParsedHostPort | undefined {
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
