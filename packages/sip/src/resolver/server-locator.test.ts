import { VirtualClock, seededRandom } from '@amtsleitung/base/testing';
import { describe, expect, it } from 'vitest';
import type { TransportProtocol } from '../transports/destination.ts';
import type { AddressFamily, DnsAnswer, DnsClient, NaptrRecord, SrvRecord } from './dns-client.ts';
import { NoServerError } from './locator.ts';
import { ServerLocator } from './server-locator.ts';
import type { ServerLocatorOptions } from './server-locator.ts';

type Zone = Readonly<Record<string, readonly unknown[]>>;

/** A name service that answers from a table, counts what it is asked, and can be silenced. */
class TableDns implements DnsClient {
  readonly asked: string[] = [];
  zone: Zone;
  ttlSeconds = 60;
  mood: 'answers' | 'fails' | 'silent' = 'answers';

  constructor(zone: Zone) {
    this.zone = zone;
  }

  naptr(name: string) {
    return this.#answer<NaptrRecord>(`naptr ${name}`);
  }
  srv(name: string) {
    return this.#answer<SrvRecord>(`srv ${name}`);
  }
  addresses(name: string, family: AddressFamily) {
    return this.#answer<string>(`${family === 4 ? 'a' : 'aaaa'} ${name}`);
  }

  #answer<Kind>(question: string): Promise<DnsAnswer<Kind>> {
    this.asked.push(question);
    if (this.mood === 'silent') return new Promise(() => {});
    if (this.mood === 'fails' || this.zone[question]?.[0] === 'fails') return Promise.reject(new Error('SERVFAIL'));
    return Promise.resolve({ records: (this.zone[question] ?? []) as Kind[], ttlSeconds: this.ttlSeconds });
  }
}

function house(zone: Zone, options: Partial<ServerLocatorOptions> = {}) {
  const [clock, dns] = [new VirtualClock(), new TableDns(zone)];
  return { clock, dns, locator: new ServerLocator({ dns, clock, random: seededRandom(7), ...options }) };
}

const naptr = (order: number, service: string, replacement: string): NaptrRecord => ({
  order,
  preference: 10,
  flags: 's',
  service,
  replacement,
});
const srv = (target: string, port: number, priority = 0, weight = 0): SrvRecord => ({ target, port, priority, weight });

const short = (list: readonly { transport: TransportProtocol; address: string; port: number }[]) =>
  list.map(({ transport, address, port }) => `${transport} ${address} ${port}`);

const provider: Zone = {
  'naptr provider.example': [
    naptr(50, 'SIPS+D2T', '_sips._tcp.provider.example'),
    naptr(90, 'SIP+D2T', '_sip._tcp.provider.example'),
    naptr(100, 'SIP+D2U', '_sip._udp.provider.example'),
    naptr(10, 'SIP+D2S', '_sip._sctp.provider.example'),
    naptr(20, 'E2U+sip', 'elsewhere.example'),
  ],
  'srv _sips._tcp.provider.example': [srv('one.provider.example', 5071)],
  'srv _sip._tcp.provider.example': [srv('one.provider.example', 5070)],
  'srv _sip._udp.provider.example': [srv('two.provider.example', 5060, 20), srv('one.provider.example', 5062, 10)],
  'a one.provider.example': ['192.0.2.1'],
  'a two.provider.example': ['192.0.2.2'],
  'aaaa two.provider.example': ['2001:db8::2'],
};

describe('the transport', () => {
  it('RFC 3263 §4.1: a transport parameter decides without NAPTR', async () => {
    const { locator, dns } = house(provider);
    expect(short(await locator.locate({ host: 'provider.example', transport: 'tcp' }))).toEqual(['tcp 192.0.2.1 5070']);
    expect(dns.asked.some((question) => question.startsWith('naptr'))).toBe(false);
  });

  it.each([
    [{ host: '192.0.2.9' }, 'udp 192.0.2.9 5060'],
    [{ host: '192.0.2.9', secure: true }, 'tls 192.0.2.9 5061'],
    [{ host: '[2001:db8::9]', port: 5080, transport: 'tcp' as const }, 'tcp 2001:db8::9 5080'],
  ])('RFC 3263 §4.1: an address %j is not looked up', async (target, expected) => {
    const { locator, dns } = house(provider);
    expect(short(await locator.locate(target))).toEqual([expected]);
    expect(dns.asked).toEqual([]);
  });

  it('RFC 3263 §4.1: a port means UDP, or TLS for sips, and only addresses are asked for', async () => {
    const { locator, dns } = house(provider);
    expect(short(await locator.locate({ host: 'one.provider.example', port: 5099 }))).toEqual(['udp 192.0.2.1 5099']);
    const [tls] = await locator.locate({ host: 'one.provider.example', port: 5099, secure: true });
    expect(tls).toMatchObject({ transport: 'tls', port: 5099, serverName: 'one.provider.example' });
    expect(new Set(dns.asked)).toEqual(new Set(['a one.provider.example', 'aaaa one.provider.example']));
  });

  it('RFC 3263 §4.1: NAPTR records are taken in their order, unknown services left out', async () => {
    const { locator } = house(provider);
    expect(short(await locator.locate({ host: 'Provider.Example.' }))).toEqual([
      'tls 192.0.2.1 5071',
      'tcp 192.0.2.1 5070',
      'udp 192.0.2.1 5062',
      'udp 192.0.2.2 5060',
      'udp 2001:db8::2 5060',
    ]);
  });

  it('RFC 3263 §4.1: sips never leaves TLS', async () => {
    const { locator } = house({ ...provider, 'srv _sips._tcp.provider.example': [] });
    expect(short(await locator.locate({ host: 'one.provider.example', secure: true }))).toEqual(['tls 192.0.2.1 5061']);
    const [first, ...others] = await locator.locate({ host: 'one.provider.example', secure: true, transport: 'tcp' });
    expect([first?.transport, others]).toEqual(['tls', []]);
  });

  it('RFC 3263 §4.1: without NAPTR records SRV is asked for every transport we speak', async () => {
    const { locator } = house({ ...provider, 'naptr provider.example': [] }, { transports: ['tcp', 'udp'] });
    expect(short(await locator.locate({ host: 'provider.example' }))[0]).toBe('tcp 192.0.2.1 5070');
  });

  it('RFC 3263 §4.2: without SRV records the name itself is looked up, on the default port', async () => {
    const { locator } = house({ 'a pbx.example': ['192.0.2.5'], 'aaaa pbx.example': ['2001:db8::5'] });
    expect(short(await locator.locate({ host: 'pbx.example' }))).toEqual([
      'udp 192.0.2.5 5060',
      'udp 2001:db8::5 5060',
    ]);
  });

  it('RFC 5922 §7.1: a TLS server has to prove the domain that was asked for, not the SRV target', async () => {
    const { locator } = house(provider);
    const [first] = await locator.locate({ host: 'provider.example', transport: 'tls' });
    expect(first).toEqual({ transport: 'tls', address: '192.0.2.1', port: 5071, serverName: 'provider.example' });
  });
});

describe('several servers', () => {
  it('RFC 2782: lower priority first, within one in proportion to the weights', async () => {
    const zone: Zone = {
      'srv _sip._udp.p.example': [srv('c.p.example', 1, 2), srv('a.p.example', 1, 1, 30), srv('b.p.example', 1, 1, 10)],
      'a a.p.example': ['192.0.2.1'],
      'a b.p.example': ['192.0.2.2'],
      'a c.p.example': ['192.0.2.3'],
    };
    const { locator } = house(zone);
    const firsts = new Map<string, number>();
    for (let count = 0; count < 1_000; count++) {
      const found = await locator.locate({ host: 'p.example', transport: 'udp' });
      expect(found.at(-1)!.address).toBe('192.0.2.3');
      firsts.set(found[0]!.address, (firsts.get(found[0]!.address) ?? 0) + 1);
    }
    expect(firsts.get('192.0.2.1')).toBeGreaterThan(680);
    expect(firsts.get('192.0.2.2')).toBeGreaterThan(180);
  });

  it('RFC 2782: a target of "." means that there is no such service', async () => {
    const { locator } = house({ 'srv _sip._udp.p.example': [srv('.', 0)], 'a p.example': ['192.0.2.1'] });
    await expect(locator.locate({ host: 'p.example', transport: 'udp' })).rejects.toMatchObject({ verdict: 'unknown' });
  });

  it('RFC 3263 §4.3: one that failed comes last until its time is over or it answers', async () => {
    const { locator, clock } = house(provider);
    const order = async () => short(await locator.locate({ host: 'provider.example', transport: 'udp' }));
    const [first] = await locator.locate({ host: 'provider.example', transport: 'udp' });
    const usual = await order();
    locator.reportFailure(first!, 60);
    expect((await order()).at(-1)).toBe(usual[0]);
    locator.reportSuccess(first!);
    expect(await order()).toEqual(usual);
    locator.reportFailure(first!, 86_400);
    clock.advance(300_001);
    expect(await order()).toEqual(usual);
  });
});

describe('a name service in trouble', () => {
  const zone: Zone = { 'a p.example': ['192.0.2.1'] };
  const target = { host: 'p.example', port: 5060 };

  it('RFC 8767 §4: is not waited for while an answer is known, however old', async () => {
    const { locator, clock, dns } = house(zone);
    const fresh = await locator.locate(target);
    for (const mood of ['silent', 'fails'] as const) {
      dns.mood = mood;
      clock.advance(3_600_000);
      expect(await locator.locate(target)).toEqual(fresh);
    }
  });

  it('asks again when the time of an answer is over, and once only for many', async () => {
    const { locator, clock, dns } = house(zone);
    await Promise.all(Array.from({ length: 50 }, () => locator.locate(target)));
    expect(dns.asked).toHaveLength(2);
    clock.advance(61_000);
    dns.zone = { 'a p.example': ['192.0.2.77'] };
    await locator.locate(target);
    expect(dns.asked).toHaveLength(4);
    expect(short(await locator.locate(target))).toEqual(['udp 192.0.2.77 5060']);
  });

  it('that never answered for one family does not hold up the other', async () => {
    const { locator, clock, dns } = house({ ...zone, 'aaaa p.example': ['fails'] });
    await locator.locate(target);
    clock.advance(10_000);
    dns.mood = 'silent';
    expect(short(await locator.locate(target))).toEqual(['udp 192.0.2.1 5060']);
  });

  it('is told from a name that does not exist, and asked again soon', async () => {
    const { locator, clock, dns } = house(zone);
    await expect(locator.locate({ host: 'no.example', port: 1 })).rejects.toMatchObject({ verdict: 'unknown' });
    dns.mood = 'fails';
    await expect(locator.locate(target)).rejects.toMatchObject({ verdict: 'unanswered' });
    dns.mood = 'answers';
    clock.advance(3_001);
    expect(await locator.locate(target)).toHaveLength(1);
  });

  it.each(['', 'a..b', '-x', 'a b', 'ä.example', `${'a'.repeat(64)}.example`, `${'a.'.repeat(130)}b`, '999.1.1.1.'])(
    'is not asked for what is no name: %j',
    async (host) => {
      const { locator, dns } = house({});
      await expect(locator.locate({ host, port: 1 })).rejects.toBeInstanceOf(NoServerError);
      expect(dns.asked.length === 0 || host.startsWith('999')).toBe(true);
    },
  );

  it('leaves a memory of bounded size: what was longest unused is asked for again', async () => {
    const { locator, dns } = house({ 'a first.example': ['192.0.2.1'], 'a used.example': ['192.0.2.2'] });
    const [first, used] = ['first.example', 'used.example'].map((host) => ({ host, port: 1 }));
    await locator.locate(first!);
    await locator.locate(used!);
    for (let count = 0; count < 1_000; count++) {
      await locator.locate({ host: `x${count}.example`, port: 1 }).catch(() => {});
      await locator.locate(used!);
    }
    dns.asked.length = 0;
    await locator.locate(used!);
    expect(dns.asked).toEqual([]);
    await locator.locate(first!);
    expect(dns.asked).toHaveLength(2);
  });

  it('is asked at most 100 questions at once, whatever names come from outside', async () => {
    const { locator, dns } = house({});
    dns.mood = 'silent';
    const waiting = Array.from({ length: 500 }, (_, index) => locator.locate({ host: `x${index}.example`, port: 1 }));
    const refused = await Promise.race(waiting.slice(60).map((one) => one.catch((error: unknown) => error)));
    expect(refused).toMatchObject({ verdict: 'unanswered' });
    expect(dns.asked).toHaveLength(100);
    for (const one of waiting) one.catch(() => {});
  });
});
