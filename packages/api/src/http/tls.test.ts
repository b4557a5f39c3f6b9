import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { TestHouse, everybodysPassword } from '../testing/index.ts';
import { tlsFixture } from '../testing/tls-fixture.ts';

let house: TestHouse;
afterEach(() => house.api.close());

describe('with a certificate', () => {
  it('HTTPS is served, announced for a year, and the cookie never leaves it', async () => {
    house = await TestHouse.open({ tls: tlsFixture });
    const { port } = house.api.address!;
    const body = JSON.stringify({ login: 'mira.berg', password: everybodysPassword });
    const headers = { origin: `https://127.0.0.1:${port}`, 'content-type': 'application/json' };
    const asked = request({
      port,
      host: '127.0.0.1',
      path: '/api/session',
      method: 'POST',
      ca: tlsFixture.certificate,
      checkServerIdentity: () => undefined,
      headers,
      agent: false,
    });
    asked.end(body);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
    expect(answer.headers['set-cookie']![0]).toMatch(/^__Host-session=.*; HttpOnly; Secure; SameSite=Strict$/);
  });
});

describe('closing', () => {
  it('says goodbye to live screens and frees the port at once, also from a peer that trickles', async () => {
    house = await TestHouse.open();
    const screen = await (await house.signedIn('mira.berg')).live();
    const { port } = house.api.address!;
    const slow = connect(port, '127.0.0.1');
    slow.on('error', () => {});
    slow.write('POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Le');
    await once(slow, 'connect');
    const closing = house.api.close();
    expect(await screen.closed).toBe(1001);
    house.clock.advance(2_000);
    await closing;
    const late = connect(port, '127.0.0.1');
    const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });
});
