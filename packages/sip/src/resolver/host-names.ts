import { isAddressLiteral } from '../messages/host-port.ts';

/** RFC 1035 §2.3.4: octets of a name and of a label. Underscores occur in SRV names (RFC 2782). */
const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** The one spelling under which a name is asked for; undefined when it is none. Names come from outside, too. */
export function hostName(text: string): string | undefined {
  const name = text.toLowerCase().replace(/\.$/, '');
  if (name.length === 0 || name.length > 253) return undefined;
  return name.split('.').every((part) => label.test(part)) ? name : undefined;
}

/** An IP literal without brackets; undefined when it is none. */
export function addressLiteral(host: string): string | undefined {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return isAddressLiteral(bare) ? bare.toLowerCase() : undefined;
}
