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
    [['--host', '::']],
    [['--public-address', '192.0.2.256']],
    [['--public-address', '192.0.2']],
    [['--unknown']],
    [['--http-port', 'x']],
  ])('refuses %j with one sentence', (args) => {
    expect(() => readConfig(args, {})).toThrowError(StartupError);
  });

  it('knows loopback', () => {
    expect(['127.0.0.1', '127.0.0.2', '::1', 'localhost'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '192.0.2.1', '::'].some(isLoopback)).toBe(false);
  });
});
