import type { Clock, RandomSource } from '@amtsleitung/base';
import type { Destination, TransportProtocol } from '../transports/destination.ts';
import { DnsCache } from './dns-cache.ts';
import type { Patience } from './dns-cache.ts';
import type { AddressFamily, DnsClient, SrvRecord } from './dns-client.ts';
import { FailedServers } from './failed-servers.ts';
import { addressLiteral, hostName } from './host-names.ts';
import { NoServerError } from './locator.ts';
import type { LocateTarget, Locator } from './locator.ts';
import { inOrderOfTrial } from './server-order.ts';
import { servicesOf, standardServices } from './service-name.ts';
import type { ServiceName } from './service-name.ts';

export interface ServerLocatorOptions {
  readonly dns: DnsClient;
  readonly clock: Clock;
  readonly random: RandomSource;
  /** What we speak, best first where the name service has no opinion. Default UDP, TCP, TLS (RFC 3263 §4.1). */
  readonly transports?: readonly TransportProtocol[];
  /** Families we have a socket for, best first. Default IPv4, IPv6. */
  readonly families?: readonly AddressFamily[];
}

const mostServers = 32;

/** One search, and whether a question in it stayed without an answer. */
interface Search {
  readonly target: LocateTarget;
  /** The domain asked for: what a TLS server has to prove (RFC 5922 §7.1). */
  readonly domain: string;
  readonly patience: Patience;
  unanswered: boolean;
}

/** RFC 3263 §4 on a cache that outlives a dead name service. */
export class ServerLocator implements Locator {
  readonly #options: ServerLocatorOptions;
  readonly #dns: DnsCache;
  readonly #failed: FailedServers;

  constructor(options: ServerLocatorOptions) {
    this.#options = options;
    this.#dns = new DnsCache({ client: options.dns, clock: options.clock });
    this.#failed = new FailedServers(options.clock);
  }

  async locate(target: LocateTarget): Promise<readonly Destination[]> {
    const literal = addressLiteral(target.host);
    // §4.2: an address is not looked up.
    if (literal !== undefined) return [this.#destination(transportOf(target), literal, target.port)];
    const domain = hostName(target.host);
    if (domain === undefined) throw new NoServerError('invalid-name');
    const servers = (await this.#found(target, domain)).slice(0, mostServers);
    return [...servers.filter((one) => !this.#failed.has(one)), ...servers.filter((one) => this.#failed.has(one))];
  }

  reportFailure(destination: Destination, retryAfterSeconds?: number): void {
    this.#failed.add(destination, retryAfterSeconds);
  }

  reportSuccess(destination: Destination): void {
    this.#failed.remove(destination);
  }

  /** Waits for questions that found no answer before only when nothing can be had without them. */
  async #found(target: LocateTarget, domain: string): Promise<readonly Destination[]> {
    let verdict: NoServerError['verdict'] = 'unknown';
    for (const patience of ['hurried', 'patient'] as const) {
      const search: Search = { target, domain, patience, unanswered: false };
      const servers = await this.#search(search);
      if (servers.length > 0) return servers;
      verdict = search.unanswered ? 'unanswered' : 'unknown';
      if (!search.unanswered) break;
    }
    throw new NoServerError(verdict);
  }

  async #search(search: Search): Promise<readonly Destination[]> {
    const { target, domain } = search;
    // §4.2: with a port there is nothing to look for but addresses.
    if (target.port !== undefined) return this.#addresses(search, transportOf(target), domain, target.port);
    const services = await this.#services(search);
    const found = await Promise.all(services.map((service) => this.#servers(search, service)));
    const servers = found.flatMap((one) => one ?? []);
    if (servers.length > 0 || found.includes(undefined)) return servers;
    return this.#addresses(search, transportOf(target), domain, undefined);
  }

  /** §4.1. */
  async #services(search: Search): Promise<readonly ServiceName[]> {
    const { target, domain } = search;
    if (target.transport !== undefined) return standardServices(domain, [transportOf(target)]);
    const spoken = this.#options.transports ?? ['udp', 'tcp', 'tls'];
    const wanted = target.secure ? spoken.filter((transport) => transport === 'tls') : spoken;
    const records = await this.#ask(search, () => this.#dns.naptr(domain, search.patience));
    const services = servicesOf(records, wanted).flatMap((service) => {
      const name = hostName(service.name);
      return name === undefined ? [] : [{ ...service, name }];
    });
    return services.length > 0 ? services : standardServices(domain, wanted);
  }

  /** The servers of one SRV name; undefined when it is "decidedly not available" (RFC 2782, "Target"). */
  async #servers(search: Search, { transport, name }: ServiceName): Promise<readonly Destination[] | undefined> {
    const records = await this.#ask(search, () => this.#dns.srv(name, search.patience));
    if (records.length === 1 && records[0]!.target === '.') return undefined;
    const ordered = inOrderOfTrial(records.filter(isUsable), this.#options.random);
    const found = ordered.map(({ target, port }) => this.#addresses(search, transport, hostName(target)!, port));
    return (await Promise.all(found)).flat();
  }

  async #addresses(search: Search, transport: TransportProtocol, name: string, port: number | undefined) {
    const families = this.#options.families ?? [4, 6];
    const found = await Promise.all(
      families.map((family) => this.#ask(search, () => this.#dns.addresses(name, family, search.patience))),
    );
    return found.flat().map((address) => this.#destination(transport, address, port, search.domain));
  }

  async #ask<Entry>(search: Search, ask: () => Promise<{ readonly records: readonly Entry[] }>) {
    try {
      return (await ask()).records;
    } catch {
      search.unanswered = true;
      return [];
    }
  }

  #destination(transport: TransportProtocol, address: string, port?: number, serverName?: string): Destination {
    return {
      transport,
      address,
      port: port ?? (transport === 'tls' ? 5_061 : 5_060),
      ...(transport === 'tls' && serverName !== undefined ? { serverName } : {}),
    };
  }
}

const isUsable = ({ target, port }: SrvRecord): boolean => port > 0 && hostName(target) !== undefined;

/** §4.1: what the target itself says; UDP for SIP and TLS for SIPS where it says nothing. */
function transportOf({ transport, secure }: LocateTarget): TransportProtocol {
  if (secure && (transport === undefined || transport === 'tcp' || transport === 'udp')) return 'tls';
  return transport ?? 'udp';
}
