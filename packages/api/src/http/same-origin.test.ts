import { describe, expect, it } from 'vitest';
import { hasSameOrigin, isFromOwnPage, isLoopbackHost } from './same-origin.ts';

interface Headers {
  readonly host?: string;
  readonly origin?: string;
}

describe('hasSameOrigin', () => {
  it.each([
    [{ host: 'rathaus.example', origin: 'https://rathaus.example' }, true],
    [{ host: 'Rathaus.example:443', origin: 'https://rathaus.example' }, true],
    [{ host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8080' }, true],
    [{ host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8081' }, false],
    [{ host: 'rathaus.example', origin: 'https://rathaus.example.evil.example' }, false],
    [{ host: 'rathaus.example', origin: 'null' }, false],
    [{ host: 'rathaus.example' }, false],
    [{ origin: 'https://rathaus.example' }, false],
    [{ host: 'a b', origin: 'https://a' }, false],
  ])('%o → %s', ({ origin, ...rest }: Headers, same) =>
    expect(
      hasSameOrigin({ origin, ...rest }, { behindProxy: false, tls: origin?.startsWith('https') ? {} : undefined }),
    ).toBe(same),
  );

  it('believes X-Forwarded-Host of the nearest proxy only, and only behind one', () => {
    const headers = {
      host: 'inner:8080',
      origin: 'https://out.example',
      'x-forwarded-host': 'evil.example, out.example',
    };
    expect(hasSameOrigin(headers, { behindProxy: true })).toBe(true);
    expect(hasSameOrigin(headers, { behindProxy: false })).toBe(false);
  });
});

describe('the scheme', () => {
  it('counts: a page of http://rathaus.example is not one of https://rathaus.example', () => {
    const headers = { host: 'rathaus.example', origin: 'http://rathaus.example' };
    expect(hasSameOrigin(headers, { behindProxy: false, tls: {} })).toBe(false);
    expect(hasSameOrigin({ ...headers, 'x-forwarded-proto': 'https' }, { behindProxy: true })).toBe(false);
    expect(hasSameOrigin({ ...headers, 'x-forwarded-proto': 'http' }, { behindProxy: true })).toBe(true);
  });
});

describe('isFromOwnPage', () => {
  it('refuses what the browser itself calls foreign', () => {
    const own = { host: 'a.example', origin: 'http://a.example' };
    expect(isFromOwnPage({ ...own, 'sec-fetch-site': 'same-origin' }, { behindProxy: false })).toBe(true);
    for (const site of ['cross-site', 'same-site', 'none']) {
      expect(isFromOwnPage({ ...own, 'sec-fetch-site': site }, { behindProxy: false })).toBe(false);
    }
  });
});

describe('isLoopbackHost', () => {
  it.each(['localhost', 'localhost:8080', '127.0.0.1:1', '[::1]:8080', 'amt.localhost'])('%s', (host) =>
    expect(isLoopbackHost(host)).toBe(true),
  );
  it.each(['evil.example', 'localhost.evil.example', '10.0.0.1', '127.0.0.1.evil.example', '', '::'])(
    'not %s',
    (host) => expect(isLoopbackHost(host)).toBe(false),
  );
});
