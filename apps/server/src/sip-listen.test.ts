import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestAuthority } from '@amtsleitung/sip/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sipCertificate, webCertificate } from './certificate.ts';
import { readConfig } from './config.ts';
import { sipListen } from './sip-listen.ts';
import { StartupError } from './startup-error.ts';

const certificate = { certificate: 'pem', key: 'pem', selfSigned: true };
const listen = (args: readonly string[]) => sipListen(readConfig(args, {}), certificate);

describe('sipListen', () => {
  it.each([
    [[], 5061],
    [['--sip-port', '5070'], 5071],
    [['--sip-port', '65535'], 5061],
    [['--sip-tls-port', '6000'], 6000],
  ])('with %j listens over TLS on %i', async (args, port) => {
    expect((await listen(args)).tls).toMatchObject({ port, certificate });
  });

  it('opens connections over TLS, but listens to none without a certificate', async () => {
    const { tls } = await sipListen(readConfig([], {}), undefined);
    expect(tls).toEqual({ port: 5061, trusted: [] });
  });

  it('RFC 3261 §18.2.1: finds ports that are free for both families, the same for UDP and TCP', async () => {
    const sockets = await listen(['--sip-port', '0', '--host', '127.0.0.1,::1']);
    expect(sockets).toMatchObject({ host: '127.0.0.1', secondHost: '::1', tcpPort: sockets.udpPort });
    expect([sockets.udpPort, sockets.tls!.port].every((port) => port! > 1_023)).toBe(true);
  });

  it('refuses one port for both', async () => {
    await expect(listen(['--sip-tls-port', '5060'])).rejects.toThrow(StartupError);
  });

  it('reads authorities, and refuses a file without any', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'authorities-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [good, bad] = [join(folder, 'good.pem'), join(folder, 'bad.pem')];
    const all = [await TestAuthority.create('one'), await TestAuthority.create('two')].map((one) => one.certificate);
    writeFileSync(good, `# ours\n${all.join('\n')}\n`);
    writeFileSync(bad, 'hello');
    expect((await listen(['--sip-tls-authorities', good])).tls!.trusted).toHaveLength(2);
    await expect(listen(['--sip-tls-authorities', bad])).rejects.toThrow(/kein Zertifikat/);
    await expect(listen(['--sip-tls-authorities', join(folder, 'none')])).rejects.toThrow(/nicht lesbar/);
  });
});

it.each([
  ['on loopback neither', [], false, false],
  ['on loopback SIP when it is asked for', ['--sip-tls-port', '5061'], false, true],
  ['behind a proxy SIP alone', ['--host', '0.0.0.0', '--behind-proxy'], false, true],
  ['for others both', ['--host', '0.0.0.0'], true, true],
  ['for others over IPv6 both', ['--host', '127.0.0.1,2001:db8::1'], true, true],
])('a certificate has: %s', (_what, args, web, sip) => {
  const config = readConfig(args, {});
  expect([webCertificate(config) !== undefined, sipCertificate(config) !== undefined]).toEqual([web, sip]);
});
