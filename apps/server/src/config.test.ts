import { describe, expect, it } from 'vitest';
import { isLoopback, readConfig } from './config.ts';
import { StartupError } from './startup-error.ts';

describe('readConfig', () => {
  it('binds to loopback and the usual ports by default', () => {
    const config = readConfig([], {});
    expect(config).toMatchObject({ host: '127.0.0.1', httpPort: 8080, sipPort: 5060, mediaPort: 40000, empty: false });
    expect(config.dataFolder.endsWith('/data')).toBe(true);
  });

  it('prefers a flag to its environment variable', () => {
    const config = readConfig(['--http-port', '0', '--empty'], {
      AMTSLEITUNG_HTTP_PORT: '9000',
      AMTSLEITUNG_SIP_PORT: '5070',
      AMTSLEITUNG_JSON: '1',
      DATABASE_URL: 'postgres://db/amt',
    });
    expect(config).toMatchObject({
      httpPort: 0,
      sipPort: 5070,
      empty: true,
      json: true,
      databaseUrl: 'postgres://db/amt',
    });
  });

  it.each([
    [['--sip-port', '70000']],
    [['--rtp-ports', '10-20']],
    [['--log-level', 'loud']],
    [['--sip-digest', 'plain']],
    [['--tls-key', 'only.pem']],
    [['--host', 'rathaus.example']],
    [['--host', '::1']],
    [['--host', '192.0.2.1,192.0.2.2']],
    [['--host', '0.0.0.0,2001:db8::1,2001:db8::2']],
    [['--host', '0.0.0.0,fe80::1%eth0']],
    [['--public-address', '192.0.2.1,2001:db8::1']],
    [['--sip-tls-certificate', 'only.pem']],
    [['--public-address', '192.0.2.256']],
    [['--public-address', '192.0.2']],
    [['--sip-proxies', 'proxy.example']],
    [['--unknown']],
    [['--http-port', 'x']],
  ])('refuses %j with one sentence', (args) => {
    expect(() => readConfig(args, {})).toThrowError(StartupError);
  });

  it.each([
    ['::', '0.0.0.0', '::'],
    ['0.0.0.0,2001:db8::10', '0.0.0.0', '2001:db8::10'],
    ['localhost', '127.0.0.1', undefined],
    ['127.0.0.1,::1', '127.0.0.1', '::1'],
  ])('binds to IPv4 and IPv6 with --host %s', (text, host, host6) => {
    expect(readConfig(['--host', text], {})).toMatchObject({ host, host6 });
  });

  it('knows loopback', () => {
    const hosts = (host: string, host6?: string) => isLoopback({ host, host6 });
    expect([hosts('127.0.0.1'), hosts('127.0.0.2', '::1'), hosts('localhost')]).toEqual([true, true, true]);
    expect([hosts('0.0.0.0'), hosts('192.0.2.1'), hosts('127.0.0.1', '::')]).toEqual([false, false, false]);
  });
});
