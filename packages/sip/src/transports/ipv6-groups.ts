/** The eight groups of an IPv6 literal as numbers; its zone is left out. Throws when it is none. */
export function ipv6Groups(address: string): readonly number[] {
  // The URL parser writes every IPv6 address in one spelling, also those that end in an IPv4 one.
  const text = new URL(`http://[${address.split('%', 1)[0]}]`).hostname.slice(1, -1);
  const [first = [], last] = text
    .split('::')
    .map((half) => half.split(':').flatMap((group) => (group === '' ? [] : Number.parseInt(group, 16))));
  return last === undefined ? first : [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
}
