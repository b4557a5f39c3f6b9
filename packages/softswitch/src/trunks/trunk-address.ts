import { lookup } from 'node:dns/promises';
import type { Clock } from '@amtsleitung/base';
import type { Trunk } from '@amtsleitung/domain';
import type { Destination } from '@amtsleitung/sip';
import { isAddressLiteral } from '@amtsleitung/sip';

/** Name to address literal; rejects when the name does not resolve. */
export type ResolveHost = (host: string) => Promise<string>;

const systemResolve: ResolveHost = async (host) => (await lookup(host)).address;

const freshMilliseconds = 60_000;
const mostNames = 1_000;

/**
 * Addresses of the providers. A name that resolved once keeps its last address while the name service is down or slow:
 * a call never waits for it twice.
 */
export class TrunkAddresses {
  readonly #clock: Clock;
  readonly #resolve: ResolveHost;
  readonly #known = new Map<string, { readonly address: string; readonly at: number }>();
  readonly #asking = new Map<string, Promise<string>>();

  constructor(clock: Clock, resolve: ResolveHost = systemResolve) {
    this.#clock = clock;
    this.#resolve = resolve;
  }

  /** Where requests to this trunk go. Rejects when its name has never resolved. */
  async destinationOf(trunk: Trunk): Promise<Destination> {
    return {
      transport: trunk.transport,
      address: await this.#addressOf(trunk.host),
      port: trunk.port ?? (trunk.transport === 'tls' ? 5061 : 5060),
    };
  }

  async #addressOf(host: string): Promise<string> {
    const bare = host.replace(/^\[|\]$/g, '');
    if (isAddressLiteral(bare)) return bare;
    const known = this.#known.get(bare);
    if (!known) return this.#ask(bare);
    if (this.#clock.monotonic() - known.at > freshMilliseconds) this.#ask(bare).catch(() => {});
    return known.address;
  }

  #ask(host: string): Promise<string> {
    const running = this.#asking.get(host);
    if (running) return running;
    const asked = this.#resolve(host)
      .then((address) => {
        if (this.#known.size >= mostNames) this.#known.delete(this.#known.keys().next().value!);
        this.#known.set(host, { address, at: this.#clock.monotonic() });
        return address;
      })
      .finally(() => this.#asking.delete(host));
    this.#asking.set(host, asked);
    return asked;
  }
}
