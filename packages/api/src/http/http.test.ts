import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestHouse } from '../testing/index.ts';

let house: TestHouse;
const folder = mkdtempSync(join(tmpdir(), 'api-web-'));
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<title>Amtsleitung</title>');
  writeFileSync(join(folder, 'assets', 'app-4f3a.js'), 'start()');
  writeFileSync(join(folder, '.env'), 'secret');
  house = await TestHouse.open({ webFolder: folder });
});
afterAll(async () => {
  await house.api.close();
  rmSync(folder, { recursive: true });
});

describe('the web app', () => {
  it('answers every page’s address with the one page, never cached', async () => {
    for (const path of ['/', '/team', '/admin/people?x=1', '/calls/']) {
      const { status, text, headers } = await house.browser().get(path);
      expect(`${status} ${text}`, path).toBe('200 <title>Amtsleitung</title>');
      expect(headers['cache-control']).toBe('no-cache');
    }
  });

  it('lets files named by their content be kept for a year', async () => {
    const { text, headers } = await house.browser().get('/assets/app-4f3a.js');
    expect(text).toBe('start()');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-type']).toContain('javascript');
  });

  it('has no page for missing files, the API, hidden files or other folders', async () => {
    for (const path of [
      '/assets/gone.js',
      '/favicon.ico',
      '/api',
      '/api/nothing',
      '/.env',
      '/..%2f..%2fetc%2fpasswd',
      '/sip',
    ]) {
      const { status, headers, text } = await house.browser().get(path);
      expect(status, path).toBe(404);
      expect(headers['content-type'], path).toContain('application/problem+json');
      expect(text).not.toContain('secret');
    }
    expect((await house.browser().post('/team')).status).toBe(404);
  });
});

describe('headers', () => {
  it('protect every answer: page, API, problem', async () => {
    for (const path of ['/', '/api/entrance', '/api/session', '/gone.js']) {
      const { headers } = await house.browser().get(path);
      const policy = String(headers['content-security-policy']);
      expect(policy, path).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(headers['permissions-policy']).toContain('microphone=(self)');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['strict-transport-security']).toBeUndefined();
      for (const told of ['server', 'x-powered-by']) expect(headers[told]).toBeUndefined();
    }
    expect((await house.browser().get('/api/entrance')).headers['cache-control']).toBe('no-store');
  });
});

describe('problems', () => {
  it('have one form and tell nothing of the inside', async () => {
    const browser = await house.signedIn('mira.berg');
    const { status, headers, body } = await browser.get('/api/nothing');
    expect(status).toBe(404);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body).toEqual({ type: 'about:blank', title: 'Not Found', status: 404, code: 'not-found' });
    house.phone.phoneState = () => {
      throw new Error('a secret from the inside');
    };
    const failed = await browser.get('/api/phone');
    expect(failed.body).toEqual({ type: 'about:blank', title: 'Internal Server Error', status: 500, code: 'internal' });
  });

  it.each([
    ['{"login":', 400, 'malformed-request'],
    ['', 400, 'malformed-request'],
    ['{"__proto__":{"x":1}}', 400, 'malformed-request'],
    ['[]', 400, 'invalid-input'],
    [`{"login":"${'x'.repeat(1_100_000)}"}`, 413, 'too-large'],
  ])('answer the body %.20s… with %d', async (body, status, code) => {
    const answer = await house.browser().post('/api/session', body);
    expect(`${answer.status} ${answer.body.code}`).toBe(`${status} ${code}`);
  });

  it('refuse what is not JSON', async () => {
    const headers = { 'content-type': 'text/plain' };
    const answer = await house.browser().ask('POST', '/api/session', 'login=x', headers);
    expect(`${answer.status} ${answer.body.code}`).toBe('415 unsupported-media-type');
  });

  it.each(['/api/messages/%00/audio', '/api/messages/%E0%A4%A/audio', `/api/messages/${'x'.repeat(200)}/audio`, '/%'])(
    'answer the address %.40s with 4xx, without a word about what serves it',
    async (path) => {
      const { status, headers, text } = await (await house.signedIn('pia.berg')).get(path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(text).not.toMatch(/FST|fastify|stack/i);
    },
  );

  it('end a connection that speaks no HTTP', async () => {
    const socket = connect(house.api.address!.port, '127.0.0.1');
    socket.end('INVITE sip:x SIP/2.0\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n$/);
  });
});

describe('a person who floods', () => {
  it('is refused after a while, on one route, and nobody else is', async () => {
    const [mira, pia] = [await house.signedIn('mira.berg'), await house.signedIn('pia.berg')];
    const away = async (turn: number) => (await mira.put('/api/my/away', { away: turn % 2 === 0 })).status;
    const answers = [];
    for (let turn = 0; turn < 32; turn++) answers.push(await away(turn));
    expect(answers.slice(0, 30)).toEqual(new Array(30).fill(204));
    expect(answers.slice(30)).toEqual([429, 429]);
    expect((await mira.get('/api/session')).status).toBe(200);
    expect((await pia.put('/api/my/away', { away: true })).status).toBe(204);
  });

  it('with a choice that changes nothing makes no screen load anew', async () => {
    let loads = 0;
    const stop = house.directory.holder.onChange(() => loads++);
    const mira = await house.signedIn('mira.berg');
    expect((await mira.put('/api/session/language', { language: 'de' })).status).toBe(204);
    expect(loads).toBe(0);
    expect((await mira.put('/api/session/language', { language: 'en' })).status).toBe(204);
    expect(loads).toBe(1);
    stop();
  });
});

describe('a peer that dawdles', () => {
  it('holds its place for about ten seconds with its headers and thirty with its body', () => {
    expect(house.api.server).toMatchObject({ headersTimeout: 10_000, requestTimeout: 30_000 });
  });
});

describe('the description of the API', () => {
  it('is OpenAPI of every route', async () => {
    const { body } = await house.browser().get('/api/openapi.json');
    const paths = Object.keys(body.paths as object);
    expect(body.openapi).toBe('3.1.0');
    for (const { path } of house.api.routes.filter(({ access }) => access)) {
      if (path !== '/api/openapi.json') expect(paths).toContain(path.replace(/:(\w+)/g, '{$1}'));
    }
    expect(JSON.stringify(body)).toContain('"minLength":10');
  });
});

describe('a recorded message', () => {
  it('is sent whole or in ranges', async () => {
    const browser = await house.signedIn('mira.berg');
    const box = { kind: 'person', personId: 'berg-mira' } as const;
    house.messages.rows.set('m', {
      id: 'm',
      tenantId: 'berg-town',
      callId: 'c',
      box,
      recordedAt: 1,
      milliseconds: 1,
      file: 'f',
    });
    expect((await browser.get('/api/messages/m/audio')).status).toBe(404);
    house.files.set('f', Buffer.from('0123456789'));
    const whole = await browser.get('/api/messages/m/audio');
    expect(whole).toMatchObject({ status: 200, text: '0123456789' });
    expect(whole.headers).toMatchObject({ 'content-type': 'audio/wav', 'accept-ranges': 'bytes' });
    const part = await browser.get('/api/messages/m/audio', { range: 'bytes=2-4' });
    expect(part).toMatchObject({ status: 206, text: '234' });
    expect(part.headers['content-range']).toBe('bytes 2-4/10');
    expect((await browser.get('/api/messages/m/audio', { range: 'bytes=10-' })).status).toBe(416);
    expect((await browser.delete('/api/messages/m')).status).toBe(204);
    expect(house.files.size).toBe(0);
  });
});
