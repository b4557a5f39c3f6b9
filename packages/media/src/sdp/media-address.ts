import { SdpError } from './sdp-error.ts';

/** Where media goes. Throws `SdpError` when the line is missing (400) or names what we never send to (488). */
export function mediaAddress(connection: string | undefined): { readonly address: string; readonly onHold: boolean } {
  if (connection === undefined) throw new SdpError(400, 'malformed session description: no connection line');
  if (connection.includes(':')) return ipv6(connection);
  const octets = connection.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) <= 255))
    throw new SdpError(488, 'media address is no IP address');
  if (Number(octets[0]) >= 224) throw new SdpError(488, 'media address is not unicast');
  // Leading zeros would mean octal to some resolvers.
  const address = octets.map(Number).join('.');
  return { address, onHold: address === '0.0.0.0' };
}

function ipv6(connection: string): { readonly address: string; readonly onHold: boolean } {
  const address = canonicalIpv6(connection);
  if (address === undefined) throw new SdpError(488, 'media address is no IP address');
  if (address.startsWith('ff')) throw new SdpError(488, 'media address is not unicast');
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address) ?? [];
  if (high !== undefined && low !== undefined) return mediaAddress(dotted(parseInt(high, 16), parseInt(low, 16)));
  return { address, onHold: address === '::' };
}

/** One spelling for one address (RFC 5952), so that it can be compared with where packets come from. */
function canonicalIpv6(text: string): string | undefined {
  if (!/^[0-9a-f:.]{2,45}$/i.test(text)) return undefined;
  const url = `http://[${text}]/`;
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : undefined;
}

/** The 16 octets of a canonical IPv6 address, as sockets name their peers. */
export function ipv6Octets(address: string): Uint8Array {
  const [left = '', right] = address.split('%')[0]!.split('::');
  const groupsOf = (text: string): number[] => (text === '' ? [] : text.split(':').map((group) => parseInt(group, 16)));
  const [before, after] = [groupsOf(left), groupsOf(right ?? '')];
  const zeros = Array<number>(8 - before.length - after.length).fill(0);
  return Uint8Array.from([...before, ...zeros, ...after].flatMap((group) => [group >> 8, group & 255]));
}

const dotted = (high: number, low: number): string => [high >> 8, high & 255, low >> 8, low & 255].join('.');

export const isIpv6 = (address: string): boolean => address.includes(':');

/** Addresses that only mean something behind the far side's own router: RFC 1918, RFC 6598, RFC 3927, RFC 4193. */
export function isPrivateAddress(address: string): boolean {
  if (isIpv6(address)) return /^(?:f[cd]|fe[89ab])/.test(address);
  const [first, second] = address.split('.').map(Number);
  if (first === 10 || (first === 192 && second === 168) || (first === 169 && second === 254)) return true;
  if (first === 172 && second! >= 16 && second! <= 31) return true;
  return first === 100 && second! >= 64 && second! <= 127;
}
