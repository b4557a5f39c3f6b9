import type { IncomingHttpHeaders } from 'node:http';

const first = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** The host the browser asked for. Behind a proxy the last `X-Forwarded-Host` is the one our proxy wrote. */
export function requestedHost(headers: IncomingHttpHeaders, behindProxy: boolean): string | undefined {
  const forwarded = behindProxy ? first(headers['x-forwarded-host'])?.split(',').at(-1)?.trim() : undefined;
  return (forwarded || headers.host)?.toLowerCase();
}

/** Whether `Origin` names the host that was asked. No `Origin` at all is not the same origin. */
export function hasSameOrigin(headers: IncomingHttpHeaders, behindProxy: boolean): boolean {
  const host = requestedHost(headers, behindProxy);
  if (!headers.origin || !host || !URL.canParse(headers.origin)) return false;
  const { protocol, host: sender } = new URL(headers.origin);
  const asked = `${protocol}//${host}`;
  return URL.canParse(asked) && new URL(asked).host === sender;
}

/**
 * Whether a state-changing request was made by our own page. `Sec-Fetch-Site` cannot be forged by a page;
 * browsers leave it out on plain HTTP beyond this machine, there `Origin` decides.
 */
export function isFromOwnPage(headers: IncomingHttpHeaders, behindProxy: boolean): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  return hasSameOrigin(headers, behindProxy);
}

/** Whether the page was asked for under a name of this machine only (a rebound DNS name is none). */
export function isLoopbackHost(host: string | undefined): boolean {
  if (!host || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || isLoopbackAddress(hostname);
}

export const isLoopbackAddress = (address: string): boolean =>
  /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(address) || address === '::1' || address === '[::1]';
