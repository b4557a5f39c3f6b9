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
  if (!/^[0-9a-f:.]{2,45}$/i.test(connection)) throw new SdpError(488, 'media address is no IP address');
  if (/^ff/i.test(connection)) throw new SdpError(488, 'media address is not unicast');
  return { address: connection.toLowerCase(), onHold: connection === '::' };
}

/** Addresses that only mean something behind the far side's own router: RFC 1918, RFC 6598, RFC 3927. */
export function isPrivateAddress(address: string): boolean {
  const [first, second] = address.split('.').map(Number);
  if (first === 10 || (first === 192 && second === 168) || (first === 169 && second === 254)) return true;
  if (first === 172 && second! >= 16 && second! <= 31) return true;
  return first === 100 && second! >= 64 && second! <= 127;
}
