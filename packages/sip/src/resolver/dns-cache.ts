import type { Clock } from '@amtsleitung/base';
import type { AddressFamily, DnsAnswer, DnsClient, NaptrRecord, SrvRecord } from './dns-client.ts';

/**
 * `hurried`: only a question that was never asked before is waited for. `patient`: every one on its way is.
 */
export type Patience = 'hurried' | 'patient';

export interface DnsCacheOptions {
  readonly client: DnsClient;
  readonly clock: Clock;
}

interface Entry {
  answer?: DnsAnswer<unknown>;
  /** Has once been answered, or left without an answer. */
  isSettled: boolean;
  /** On the monotonic clock: ask again from here on. */
  askAt: number;
  /** … and do not believe the answer any more from here on. */
  staleUntil: number;
  running?: Promise<DnsAnswer<unknown>>;
}

const mostEntries = 2_000;
/** Questions on their way at once; more than these get no answer. */
const mostQuestions = 100;
const mostRecords = 32;
const shortestTtlSeconds = 5;
const longestTtlSeconds = 86_400;
/** RFC 8767 §5: between attempts while the name service does not answer. */
const recheckSeconds = 30;
/** The same where nothing is known that could be used meanwhile. */
const coldRecheckSeconds = 3;
/** RFC 8767 §4: how long an answer is better than none. */
const staleSeconds = 7 * 86_400;
const staleEmptySeconds = 3_600;

/**
 * Remembers answers by their TTL. What has expired is still given out at once while it is asked for again (RFC 8767),
 * so that nobody waits for a name service that is slow or dead. Forgets what was longest unused when it is full.
 */
export class DnsCache {
  readonly #options: DnsCacheOptions;
  readonly #entries = new Map<string, Entry>();
  #questions = 0;

  constructor(options: DnsCacheOptions) {
    this.#options = options;
  }

  naptr(name: string, patience: Patience): Promise<DnsAnswer<NaptrRecord>> {
    return this.#answer(`naptr ${name}`, patience, () => this.#options.client.naptr(name));
  }

  srv(name: string, patience: Patience): Promise<DnsAnswer<SrvRecord>> {
    return this.#answer(`srv ${name}`, patience, () => this.#options.client.srv(name));
  }

  addresses(name: string, family: AddressFamily, patience: Patience): Promise<DnsAnswer<string>> {
    return this.#answer(`${family} ${name}`, patience, () => this.#options.client.addresses(name, family));
  }

  #answer<Kind>(key: string, patience: Patience, ask: () => Promise<DnsAnswer<Kind>>): Promise<DnsAnswer<Kind>> {
    const now = this.#now();
    const entry = this.#entry(key);
    if (now >= entry.askAt && !entry.running) this.#ask(entry, ask);
    const known = entry.answer as DnsAnswer<Kind> | undefined;
    if (known && now < entry.staleUntil) return Promise.resolve(known);
    const running = entry.running as Promise<DnsAnswer<Kind>> | undefined;
    const isWorthWaiting = running && (patience === 'patient' || !entry.isSettled);
    return isWorthWaiting ? running : Promise.reject(new Error('no answer lately'));
  }

  #ask(entry: Entry, ask: () => Promise<DnsAnswer<unknown>>): void {
    if (this.#questions >= mostQuestions) return;
    this.#questions++;
    entry.running = ask()
      .then((answer) => this.#keep(entry, answer))
      .catch((error: unknown) => {
        const seconds = entry.answer ? recheckSeconds : coldRecheckSeconds;
        entry.askAt = this.#now() + seconds * 1_000;
        throw error;
      })
      .finally(() => {
        this.#questions--;
        entry.isSettled = true;
        delete entry.running;
      });
    // Nobody may be waiting for it.
    entry.running.catch(() => {});
  }

  #keep(entry: Entry, { records, ttlSeconds }: DnsAnswer<unknown>): DnsAnswer<unknown> {
    const ttl = Math.min(Math.max(ttlSeconds, shortestTtlSeconds), longestTtlSeconds);
    const answer = { records: records.slice(0, mostRecords), ttlSeconds: ttl };
    const extra = records.length > 0 ? staleSeconds : staleEmptySeconds;
    entry.answer = answer;
    entry.askAt = this.#now() + ttl * 1_000;
    entry.staleUntil = entry.askAt + extra * 1_000;
    return answer;
  }

  /** Moved to the end: used last. */
  #entry(key: string): Entry {
    const entry = this.#entries.get(key) ?? { isSettled: false, askAt: -Infinity, staleUntil: -Infinity };
    this.#entries.delete(key);
    if (this.#entries.size >= mostEntries) this.#entries.delete(this.#entries.keys().next().value!);
    this.#entries.set(key, entry);
    return entry;
  }

  #now(): number {
    return this.#options.clock.monotonic();
  }
}
