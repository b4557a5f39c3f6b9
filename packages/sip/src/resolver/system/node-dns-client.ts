import { Resolver } from 'node:dns/promises';
import { systemTimers } from '@amtsleitung/base';
import type { Timers } from '@amtsleitung/base';
import type { AddressFamily, DnsAnswer, DnsClient, NaptrRecord, SrvRecord } from '../dns-client.ts';
import { HostsFile } from './hosts-file.ts';

export interface NodeDnsClientOptions {
  /** `192.0.2.53` or `192.0.2.53:5353`; default those of the system. */
  readonly servers?: readonly string[];
  readonly timers?: Timers;
  readonly hostsFile?: string;
  /** Until a question counts as unanswered. */
  readonly timeoutMilliseconds?: number;
}

/** Node does not tell the TTL of SRV and NAPTR records, nor of an empty answer. */
const unknownTtlSeconds = 60;
const hostsTtlSeconds = 10;
const tries = 2;

/** The system's name service, asked without blocking anything; never getaddrinfo, which would hold file access up. */
export class NodeDnsClient implements DnsClient {
  readonly #options: NodeDnsClientOptions;
  #resolver: Resolver;
  readonly #hosts: HostsFile;
  readonly #timers: Timers;
  readonly #timeout: number;

  constructor(options: NodeDnsClientOptions = {}) {
    this.#timeout = options.timeoutMilliseconds ?? 2_000;
    this.#timers = options.timers ?? systemTimers;
    this.#hosts = new HostsFile(options.hostsFile);
    this.#options = options;
    this.#resolver = this.#newResolver();
  }

  naptr(name: string): Promise<DnsAnswer<NaptrRecord>> {
    return this.#ask(async (resolver) => plain(await resolver.resolveNaptr(name)));
  }

  srv(name: string): Promise<DnsAnswer<SrvRecord>> {
    return this.#ask(async (resolver) => {
      const records = await resolver.resolveSrv(name);
      return plain(records.map(({ name: target, ...record }) => ({ ...record, target: target === '' ? '.' : target })));
    });
  }

  async addresses(name: string, family: AddressFamily): Promise<DnsAnswer<string>> {
    const own = await this.#hosts.addresses(name, family);
    if (own.length > 0) return { records: own, ttlSeconds: hostsTtlSeconds };
    return this.#ask(async (resolver) => {
      const records = await (family === 4
        ? resolver.resolve4(name, { ttl: true })
        : resolver.resolve6(name, { ttl: true }));
      const ttlSeconds = Math.min(...records.map(({ ttl }) => ttl));
      return { records: records.map(({ address }) => address), ttlSeconds };
    });
  }

  #newResolver(): Resolver {
    const resolver = new Resolver({ timeout: Math.ceil(this.#timeout / (tries + 1)), tries });
    if (this.#options.servers) resolver.setServers([...this.#options.servers]);
    return resolver;
  }

  async #ask<Entry>(question: (resolver: Resolver) => Promise<DnsAnswer<Entry>>): Promise<DnsAnswer<Entry>> {
    const resolver = this.#resolver;
    const { promise: late, reject } = Promise.withResolvers<never>();
    const patience = this.#timers.after(this.#timeout, () => reject(new Error('the name service does not answer')));
    try {
      return await Promise.race([question(resolver), late]);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // The name, or records of this kind, do not exist: that is an answer.
      if (code === 'ENOTFOUND' || code === 'ENODATA') return plain([]);
      // The system may have been given other servers meanwhile: a resolver never looks again.
      if (resolver === this.#resolver) this.#resolver = this.#newResolver();
      throw error;
    } finally {
      patience.cancel();
    }
  }
}

const plain = <Entry>(records: readonly Entry[]): DnsAnswer<Entry> => ({ records, ttlSeconds: unknownTtlSeconds });
