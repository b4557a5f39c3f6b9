import type { DirectorySource, Trunk } from '@amtsleitung/domain';
import type { Source } from '@amtsleitung/sip';

/** How sure a source address tells that a message is a trunk's. */
export interface TrunkMatch {
  readonly trunk: Trunk;
  /** The trunk names address and port, not just the address. */
  readonly exact: boolean;
}

interface Index {
  readonly byAddress: ReadonlyMap<string, Trunk>;
  readonly byUsername: ReadonlyMap<string, { readonly trunk: Trunk; readonly realm: string }>;
  readonly byId: ReadonlyMap<string, Trunk>;
}

const plainAddress = (address: string): string =>
  address
    .replace(/^::ffff:/i, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();

const withPort = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** `[2001:db8::1]:5060`, `192.0.2.1:5060` and addresses alone, each in one spelling. */
const normalised = (entry: string): string => {
  const text = entry.trim();
  const bracketed = /^\[(.+)\]:(\d+)$/.exec(text);
  const [, host, port] = bracketed ?? /^([^:]+):(\d+)$/.exec(text) ?? [];
  return host && port ? withPort(plainAddress(host), Number(port)) : plainAddress(text);
};

/** The trunk whose registration a message from there comes over. */
export type RegisteredAt = (source: Source, requestUri: string) => Trunk | undefined;

/** All trunks of the directory, found by what a message proves. */
export class TrunkBook {
  readonly #directory: DirectorySource;
  readonly #registeredAt: RegisteredAt;
  readonly #stopListening: () => void;
  #index: Index | undefined;

  constructor(directory: DirectorySource, registeredAt: RegisteredAt = () => undefined) {
    this.#directory = directory;
    this.#registeredAt = registeredAt;
    this.#stopListening = directory.onChange(() => (this.#index = undefined));
  }

  byId(trunkId: string): Trunk | undefined {
    return this.#current().byId.get(trunkId);
  }

  /**
   * A trunk known by the registration a message comes over, or by address. A browser's connection never is one,
   * whatever proxy it came through.
   */
  bySource(source: Source, requestUri = ''): TrunkMatch | undefined {
    if (source.transport === 'ws') return undefined;
    const registered = this.#registeredAt({ ...source, address: plainAddress(source.address) }, requestUri);
    if (registered) return { trunk: registered, exact: true };
    const { byAddress } = this.#current();
    const address = plainAddress(source.address);
    const exact = byAddress.get(withPort(address, source.port));
    if (exact) return { trunk: exact, exact: true };
    const trunk = byAddress.get(address);
    return trunk && { trunk, exact: false };
  }

  /** A trunk that proves itself by digest. */
  byUsername(username: string): { readonly trunk: Trunk; readonly realm: string } | undefined {
    return username === '' ? undefined : this.#current().byUsername.get(username);
  }

  close(): void {
    this.#stopListening();
  }

  #current(): Index {
    return (this.#index ??= this.#build());
  }

  #build(): Index {
    const all = this.#directory
      .all()
      .flatMap((directory) => directory.trunks.map((trunk) => ({ trunk, realm: directory.tenant.sipDomain })));
    const enabled = all.filter(({ trunk }) => trunk.settings.enabled);
    return {
      byAddress: new Map(
        enabled.flatMap(({ trunk }) =>
          trunk.sourceAddresses.map((entry): [string, Trunk] => [normalised(entry), trunk]),
        ),
      ),
      byUsername: new Map(enabled.filter(({ trunk }) => trunk.ha1).map((entry) => [entry.trunk.username, entry])),
      byId: new Map(all.map(({ trunk }) => [trunk.id, trunk])),
    };
  }
}
