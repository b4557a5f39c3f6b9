import type { IncomingHttpHeaders } from 'node:http';

/** How this house is reached; decides which headers are believed. */
export interface FrontDoor {
  readonly behindProxy: boolean;
  /** Present: HTTPS is served here. */
  readonly tls?: unknown;
}

/** Behind a proxy the last part is the one our own proxy wrote. */
const lastPart = (value: string | string[] | undefined): string | undefined =>
  (Array.isArray(value) ? value.at(-1) : value)?.split(',').at(-1)?.trim().toLowerCase();

/** `http` or `https` as the browser sees it; undefined when the proxy does not tell. */
export function requestedScheme(headers: IncomingHttpHeaders, { behindProxy, tls }: FrontDoor): string | undefined {
  if (tls !== undefined) return 'https';
  return behindProxy ? lastPart(headers['x-forwarded-proto']) : 'http';
}

/** Whether `Origin` names the scheme and host that were asked. No `Origin` at all is not the same origin. */
export function hasSameOrigin(headers: IncomingHttpHeaders, door: FrontDoor): boolean {
  const host = (door.behindProxy && lastPart(headers['x-forwarded-host'])) || headers.host;
  if (!headers.origin || !host || !URL.canParse(headers.origin)) return false;
  const sender = new URL(headers.origin);
  const asked = `${requestedScheme(headers, door) ?? sender.protocol.slice(0, -1)}://${host}`;
  return URL.canParse(asked) && new URL(asked).origin === sender.origin && sender.origin !== 'null';
}

/**
 * Whether a state-changing request was made by our own page. `Sec-Fetch-Site` cannot be forged by a page;
 * browsers leave it out on plain HTTP beyond this machine, there `Origin` decides.
 */
export function isFromOwnPage(headers: IncomingHttpHeaders, door: FrontDoor): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  return hasSameOrigin(headers, door);
}

/** Whether the page was asked for under a name of this machine only (a rebound DNS name is none). */
export function isLoopbackHost(host: string | undefined): boolean {
  if (!host || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || isLoopbackAddress(hostname);
}

export const isLoopbackAddress = (address: string): boolean =>
  /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(address) || address === '::1' || address === '[::1]';
