import { readFile } from 'node:fs/promises';
import { systemClock } from '@amtsleitung/base';
import type { Clock } from '@amtsleitung/base';
import type { AddressFamily } from '../dns-client.ts';
import { addressLiteral } from '../host-names.ts';

const freshMilliseconds = 10_000;
const mostCharacters = 1_048_576;

/** hosts(5): names that this machine knows by itself. Read again after 10 s. */
export class HostsFile {
  readonly #path: string;
  readonly #clock: Clock;
  #readAt = -Infinity;
  #names: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

  constructor(path = '/etc/hosts', clock: Clock = systemClock) {
    this.#path = path;
    this.#clock = clock;
  }

  /** Empty when the file does not name it, or cannot be read. */
  async addresses(name: string, family: AddressFamily): Promise<readonly string[]> {
    if (!this.#names || this.#clock.monotonic() - this.#readAt > freshMilliseconds) {
      this.#readAt = this.#clock.monotonic();
      this.#names = readFile(this.#path, 'utf8').then(
        (text) => namesIn(text.slice(0, mostCharacters)),
        () => new Map(),
      );
    }
    const known = (await this.#names).get(name) ?? [];
    return known.filter((address) => address.includes(':') === (family === 6));
  }
}

function namesIn(text: string): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...aliases] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (addressLiteral(address) === undefined) continue;
    for (const alias of aliases) {
      const name = alias.toLowerCase();
      names.set(name, [...(names.get(name) ?? []), address]);
    }
  }
  return names;
}
