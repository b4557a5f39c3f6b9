/** Whether a host is this very machine: a contact like that would make us call ourselves. */
export function isLoopback(host: string): boolean {
  const bare = host.toLowerCase().replace(/^::ffff:/, '');
  return bare === 'localhost' || bare === '::1' || /^127\./.test(bare);
}

/** Multicast and broadcast: nobody's phone. Unspecified addresses are, some phones register them behind NAT. */
export function isUnroutable(host: string): boolean {
  const firstOctet = /^(\d{1,3})\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.exec(host)?.[1];
  return (firstOctet !== undefined && Number(firstOctet) >= 224) || /^ff[0-9a-f]{2}:/i.test(host);
}
