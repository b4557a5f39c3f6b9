import { listValues, parseNameAddress } from '@amtsleitung/sip';
import type { OwnNames } from './own-names.ts';

const masked = 'xxx';

/** Keeps how a number is written (`+49`, `0049`, `0`), and none of its own digits. */
export function maskUser(user: string): string {
  const form = /^(?:\+49|\+|0049|00|0)(?=\d)/.exec(user)?.[0] ?? '';
  const rest = user.slice(form.length).replace(/[^*#+.;=_-]/g, 'x');
  return form + rest.slice(0, 24);
}

/** Parameters that name nobody; of all others only the name is kept. */
const plainParameters = new Set([
  ...['tag', 'user', 'transport', 'lr', 'index', 'rc', 'mp', 'np', 'cause', 'reason', 'counter', 'privacy', 'screen'],
  ...['party', 'expires', 'q', 'reg-id', 'ob', 'method', 'ttl', 'info', 'answer-after', 'limit'],
]);

/** Every URI's user part that is not the house's own, in a value or a start line, and what may hide behind its host. */
export function maskUris(text: string, own: OwnNames): string {
  const shown = (written: string): string => {
    const user = decoded(written);
    return own.has(user) ? written : maskUser(user);
  };
  return text
    .replace(/\b(sips?:)([^@\s<>"]*)@/gi, (_all, scheme: string, user: string) => `${scheme}${shown(user)}@`)
    .replace(/\b(tel:)([^\s<>"?,]+)/gi, (_all, scheme: string, number: string) => `${scheme}${shown(number)}`)
    .replace(/([?&][\w.-]+)=[^&<>\s"]*/g, `$1=${masked}`)
    .replace(/;\s*([\w.+-]+)\s*=\s*[^;,<>\s"?&]+/g, (all, name: string) =>
      plainParameters.has(name.toLowerCase()) ? all : `;${name}=${masked}`,
    );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Headers that name parties. What cannot be read as addresses may be a name anywhere. */
export function maskParties(value: string, own: OwnNames): string {
  const addresses = listValues({ headers: [{ name: 'x', value }] }, 'x');
  return addresses.map((one) => (one === '*' ? one : maskParty(one, own))).join(', ');
}

function maskParty(value: string, own: OwnNames): string {
  if (!parseNameAddress(value)) return masked;
  const shown = value.replace(/"(?:[^"\\]|\\.)*"?/g, '"…"').replace(/^[^<>"]+(?=<)/, '… ');
  return maskUris(shown, own);
}

/** Long rows of digits in free text, e.g. a provider's reason phrase. */
export const maskDigitRows = (text: string): string => text.replace(/\d(?:[\s/-]?\d){4,}/g, masked);

/** What a challenge or its answer may show: how it is done, never with what. */
export function maskDigest(value: string): string {
  const scheme = /^\s*([A-Za-z]+)/.exec(value)?.[1] ?? '';
  const shown = [...value.matchAll(/\b(realm|algorithm|qop|stale|nc)=("[^"]*"|[^\s,"]+)/gi)].map(([whole]) => whole);
  return [scheme, [...shown, masked].join(', ')].join(' ');
}

const privateAddress = /^(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./;

/** Addresses by which somebody's home could be found; those of private networks say nothing. */
export const maskAddresses = (text: string): string =>
  text
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, (address) => (privateAddress.test(address) ? address : 'x.x.x.x'))
    .replace(/(?<![0-9a-f])[0-9a-f]*:[0-9a-f:]+/gi, (text) => (isIPv6(text) ? 'x::x' : text));

/** RFC 4291 §2.2; a fingerprint has more groups, a time fewer. */
function isIPv6(text: string): boolean {
  const groups = text.split(':');
  const isWhole = text.includes('::') ? groups.length <= 9 : groups.length === 8;
  return isWhole && groups.every((group) => /^[0-9a-f]{0,4}$/i.test(group));
}
