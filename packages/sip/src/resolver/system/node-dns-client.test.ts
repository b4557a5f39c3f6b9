import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@amtsleitung/base';
import { VirtualClock, seededRandom } from '@amtsleitung/base/testing';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { NodeDnsClient, ServerLocator } from '../../index.ts';
import { NameServer, aRecord, aaaaRecord, naptrRecord, srvRecord } from '../../testing/name-server.ts';
import { closeAll, closeLater } from '../../testing/transport-bench.ts';

afterEach(closeAll);

async function service(zone: Parameters<typeof NameServer.open>[0], timeoutMilliseconds = 2_000) {
  const server = await NameServer.open(zone);
  closeLater(() => server.close());
  const dns = new NodeDnsClient({ servers: [server.address], hostsFile: '/dev/null', timeoutMilliseconds });
  return { server, dns, locator: new ServerLocator({ dns, clock: systemClock, random: seededRandom(1) }) };
}

it('RFC 3263 §4: NAPTR, SRV and addresses of a real name server', async () => {
  const { locator } = await service({
    'provider.example': [naptrRecord(10, 50, 'SIPS+D2T', '_sips._tcp.provider.example')],
    '_sips._tcp.provider.example': [
      srvRecord(20, 0, 5061, 'b.provider.example'),
      srvRecord(10, 0, 5071, 'a.provider.example'),
    ],
    'a.provider.example': [aRecord('192.0.2.1'), aaaaRecord('2001:db8:0:0:0:0:0:1')],
    'b.provider.example': [aRecord('192.0.2.2')],
  });
  const tls = { transport: 'tls', serverName: 'provider.example' };
  expect(await locator.locate({ host: 'provider.example' })).toEqual([
    { ...tls, address: '192.0.2.1', port: 5071 },
    { ...tls, address: '2001:db8::1', port: 5071 },
    { ...tls, address: '192.0.2.2', port: 5061 },
  ]);
});

it('tells the TTL of addresses, and "there is none" from "no answer"', async () => {
  const { server, dns } = await service({ 'a.example': [aRecord('192.0.2.1', 300), aRecord('192.0.2.2', 30)] }, 300);
  expect(await dns.addresses('a.example', 4)).toEqual({ records: ['192.0.2.1', '192.0.2.2'], ttlSeconds: 30 });
  expect(await dns.addresses('a.example', 6)).toMatchObject({ records: [] });
  expect(await dns.srv('none.example')).toMatchObject({ records: [] });
  expect(await dns.naptr('none.example')).toMatchObject({ records: [] });
  server.isSilent = true;
  await expect(dns.srv('none.example')).rejects.toThrow();
});

it('RFC 8767 §4: a name server that has died holds no call up', async () => {
  const { server, dns } = await service({ 'pbx.example': [aRecord('192.0.2.1', 30)] });
  const clock = new VirtualClock();
  const locator = new ServerLocator({ dns, clock, random: seededRandom(1) });
  const before = await locator.locate({ host: 'pbx.example', port: 5060 });
  server.isSilent = true;
  const started = systemClock.monotonic();
  for (let count = 0; count < 20; count++) {
    clock.advance(60_000);
    expect(await locator.locate({ host: 'pbx.example', port: 5060 })).toEqual(before);
  }
  expect(systemClock.monotonic() - started).toBeLessThan(500);
});

it('hosts(5): what the machine knows by itself needs no name server', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hosts-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const hostsFile = join(folder, 'hosts');
  writeFileSync(hostsFile, '# comment\n192.0.2.9\tpbx PBX.rathaus # old one\n2001:db8::9 pbx\nnonsense pbx\n');
  const dns = new NodeDnsClient({ servers: ['127.0.0.1:9'], hostsFile, timeoutMilliseconds: 200 });
  expect((await dns.addresses('pbx', 4)).records).toEqual(['192.0.2.9']);
  expect((await dns.addresses('pbx.rathaus', 4)).records).toEqual(['192.0.2.9']);
  expect((await dns.addresses('pbx', 6)).records).toEqual(['2001:db8::9']);
  await expect(dns.addresses('other', 4)).rejects.toThrow();
});
