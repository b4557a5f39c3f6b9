import { afterEach, describe, expect, it } from 'vitest';
import { TestHouse, everybodysPassword } from '../testing/index.ts';

let house: TestHouse;
afterEach(() => house.api.close());
const hour = 3_600_000;

describe('a session', () => {
  it('begins with a cookie that scripts cannot read, of which only the hash is stored', async () => {
    house = await TestHouse.open();
    const browser = house.browser();
    const answer = await browser.post('/api/session', { login: 'Mira.Berg', password: everybodysPassword });
    expect(answer.body).toMatchObject({ personId: 'berg-mira', tenantName: 'Stadt berg', roles: ['person'] });
    const line = answer.headers['set-cookie']![0]!;
    expect(line).toMatch(/^session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
    const token = browser.cookie!.slice('session='.length);
    expect(JSON.stringify([...house.sessions.rows.values()])).not.toContain(token);
    expect((await browser.get('/api/session')).status).toBe(200);
    expect(house.events.published.map(({ kind }) => kind)).toEqual(['signed-in']);
  });

  it('is Secure and bound to the host behind a proxy that speaks HTTPS', async () => {
    house = await TestHouse.open({ behindProxy: true });
    const browser = house.browser();
    browser.headers = {
      origin: 'https://rathaus.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'rathaus.example',
      'x-forwarded-for': '203.0.113.7',
    };
    const answer = await browser.post('/api/session', { login: 'mira.berg', password: everybodysPassword });
    expect(answer.headers['set-cookie']![0]).toMatch(/^__Host-session=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect((await browser.get('/api/session')).status).toBe(200);
    const screen = await browser.live();
    screen.socket.close();
    await screen.closed;
  });

  it('ends after 12 hours of use, and after 4 hours without any', async () => {
    house = await TestHouse.open();
    const [busy, idle] = [await house.signedIn('mira.berg'), await house.signedIn('pia.berg')];
    for (let passed = 0; passed < 9; passed += 3) {
      house.clock.advance(3 * hour);
      expect((await busy.get('/api/session')).status).toBe(200);
    }
    expect((await idle.get('/api/session')).status).toBe(401);
    house.clock.advance(3 * hour);
    expect((await busy.get('/api/session')).status).toBe(401);
    expect(house.credentials.revoked).toHaveLength(2);
  });

  it('ends with sign-out: cookie, row, SIP credential and live screen', async () => {
    house = await TestHouse.open();
    const browser = await house.signedIn('mira.berg');
    await browser.post('/api/phone/credential');
    const screen = await browser.live();
    const { cookie } = browser;
    expect((await browser.delete('/api/session')).status).toBe(204);
    expect(await screen.closed).toBe(4401);
    expect(house.credentials.revoked).toEqual(house.credentials.issued);
    expect(browser.cookie).toBeUndefined();
    browser.cookie = cookie;
    expect((await browser.get('/api/session')).status).toBe(401);
    expect(house.sessions.rows.size).toBe(0);
  });

  it('is replaced by signing in again, so that a planted or leaked token dies', async () => {
    house = await TestHouse.open();
    const browser = await house.signedIn('mira.berg');
    const earlier = browser.cookie;
    await browser.post('/api/session', { login: 'mira.berg', password: everybodysPassword });
    expect(browser.cookie).not.toBe(earlier);
    browser.cookie = earlier;
    expect((await browser.get('/api/session')).status).toBe(401);
  });

  it('lasts through an absent database, also for the commands of a call; sign-out then still counts', async () => {
    house = await TestHouse.open();
    const [mira, pia] = [await house.signedIn('mira.berg'), await house.signedIn('pia.berg')];
    house.phone.states.set('berg-mira', {
      personId: 'berg-mira',
      calls: [{ callId: 'c1', state: 'connected', direction: 'inbound', party: {}, arrivedAt: 1 }],
    });
    house.storeAway = true;
    expect((await mira.post('/api/phone/calls/c1/hold')).status).toBe(204);
    expect((await mira.put('/api/my/pause', { paused: true })).status).toBe(204);
    for (const path of ['/api/calls', '/api/messages', '/api/board']) {
      const { status, body } = await mira.get(path);
      expect(`${status} ${body.code}`, path).toBe('503 database-away');
    }
    const { cookie } = pia;
    expect((await pia.delete('/api/session')).status).toBe(204);
    house.storeAway = false;
    pia.cookie = cookie;
    expect((await pia.get('/api/session')).status).toBe(401);
    expect(house.sessions.rows.size).toBe(2);
    house.clock.advance(5_000);
    await Promise.resolve();
    expect(house.sessions.rows.size).toBe(1);
  });

  it('of a store that hangs is given up after 1.5 s', async () => {
    house = await TestHouse.open();
    const browser = await house.signedIn('mira.berg');
    let asked: () => void = () => {};
    const waiting = new Promise<void>((resolve) => (asked = resolve));
    house.calls.ofPerson = () => {
      asked();
      return new Promise(() => {});
    };
    const answer = browser.get('/api/calls');
    await waiting;
    house.clock.advance(1_500);
    expect((await answer).status).toBe(503);
  });

  it('keeps its phone but changes its token when the password changes; all other screens end', async () => {
    house = await TestHouse.open();
    const [here, there] = [await house.signedIn('mira.berg'), await house.signedIn('mira.berg')];
    await here.post('/api/phone/credential');
    const earlier = here.cookie;
    expect(
      (await here.put('/api/session/password', { current: 'falsch', next: 'noch-eine-kastanie' })).body.fields,
    ).toEqual({
      current: 'wrong',
    });
    const weak = await here.put('/api/session/password', { current: everybodysPassword, next: 'Ausberg.Mira-2026' });
    expect(weak.body.fields).toEqual({ next: 'guessable' });
    const change = { current: everybodysPassword, next: 'noch-eine-kastanie' };
    expect((await here.put('/api/session/password', change)).status).toBe(204);
    expect(here.cookie).not.toBe(earlier);
    expect((await here.get('/api/session')).status).toBe(200);
    expect((await there.get('/api/session')).status).toBe(401);
    expect(house.credentials.revoked).not.toContain(house.credentials.issued[0]);
    const again = await house.browser().post('/api/session', { login: 'mira.berg', password: 'noch-eine-kastanie' });
    expect(again.status).toBe(200);
  });
});

describe('signing in', () => {
  const tryIn = async (login: string, password = 'falsch') => {
    const { status, text } = await house.browser().post('/api/session', { login, password });
    return `${status} ${text}`;
  };

  it('answers the same for an unknown login, a wrong password and a person without login', async () => {
    house = await TestHouse.open();
    const answers = [
      await tryIn('mira.berg'),
      await tryIn('gibtsnicht'),
      await tryIn('lisa.berg'),
      await tryIn('__proto__'),
    ];
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^401 .*wrong-login/);
  });

  it('is slowed for who guesses, not for others at another address or login', async () => {
    house = await TestHouse.open({ behindProxy: true });
    const from = (address: string) => {
      const browser = house.browser();
      browser.headers = { origin: house.origin, 'x-forwarded-for': address };
      return browser;
    };
    const guess = { login: 'mira.berg', password: 'falsch' };
    const right = { login: 'mira.berg', password: everybodysPassword };
    for (let turn = 0; turn < 10; turn++) await from('203.0.113.9').post('/api/session', guess);
    const refused = await from('203.0.113.9').post('/api/session', right);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBe(900);
    expect((await from('203.0.113.10').post('/api/session', right)).status).toBe(200);
    const pia = await from('203.0.113.9').post('/api/session', { ...right, login: 'pia.berg' });
    expect(pia.status).toBe(200);
    house.clock.advance(900_000);
    expect((await from('203.0.113.9').post('/api/session', right)).status).toBe(200);
  });

  it('cannot be flooded from one address, whatever the body', async () => {
    house = await TestHouse.open({ signInsPerMinute: 5 });
    const answers: number[] = [];
    for (let turn = 0; turn < 7; turn++) answers.push((await house.browser().post('/api/session', '{')).status);
    expect(answers).toEqual([400, 400, 400, 400, 400, 429, 429]);
  });

  it('needs the domain only where two towns have the same login', async () => {
    house = await TestHouse.open();
    const tal = house.directory.holder.byTenant('tal-town')!;
    await house.directory.savePerson({ ...tal.people[0]!, login: 'mira.berg' });
    await house.directory.reload('tal-town');
    expect(await tryIn('mira.berg', everybodysPassword)).toMatch(/^401/);
    expect(await tryIn('mira.berg@tal.example', everybodysPassword)).toMatch(/^200 .*tal-mira/);
    expect(await tryIn('mira.berg@berg.example', everybodysPassword)).toMatch(/^200 .*berg-mira/);
  });
});
