import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestHouse, type LiveScreen } from '../testing/index.ts';

let house: TestHouse;
const screens: LiveScreen[] = [];
beforeEach(async () => (house = await TestHouse.open()));
afterEach(async () => {
  await house.api.close();
  for (const screen of screens.splice(0)) screen.socket.terminate();
});
const opened = async (login = 'mira.berg') => {
  const screen = await (await house.signedIn(login)).live();
  screens.push(screen);
  return screen;
};
const refusal = (attempt: Promise<LiveScreen>) =>
  attempt.then(
    () => 'opened',
    (error: Error) => error.message,
  );

describe('the handshake', () => {
  it('is refused before it is answered: 401, 403, 404, 429', async () => {
    expect(await refusal(house.browser().live())).toBe('401');
    const guess = house.browser();
    guess.cookie = `session=${'A'.repeat(43)}`;
    expect(await refusal(guess.live())).toBe('401');
    const mira = await house.signedIn('mira.berg');
    expect(await refusal(mira.live('/api/elsewhere'))).toBe('404');
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}]) {
      mira.headers = headers as Record<string, string>;
      expect(await refusal(mira.live())).toBe('403');
      expect(await refusal(mira.live('/sip'))).toBe('403');
    }
    expect(house.sipUpgrades).toEqual([]);
  });

  it('of a SIP phone goes to the softswitch', async () => {
    await refusal(house.browser().live('/sip'));
    expect(house.sipUpgrades).toEqual(['/sip']);
  });

  it('opens ten screens a person, and again after one has closed', async () => {
    const mira = await house.signedIn('mira.berg');
    for (let turn = 0; turn < 10; turn++) screens.push(await mira.live());
    expect(await refusal(mira.live())).toBe('429');
    expect(await refusal((await house.signedIn('pia.berg')).live())).toBe('opened');
    const gone = screens.pop()!;
    gone.socket.close();
    await gone.closed;
    expect(await refusal(mira.live())).toBe('opened');
  });

  it('is refused while the database cannot say whose session it is', async () => {
    const mira = await house.signedIn('mira.berg');
    const { cookie } = mira;
    await house.api.close();
    const sessions = house.sessions.rows;
    house = await TestHouse.open();
    for (const [id, session] of sessions) house.sessions.rows.set(id, session);
    house.storeAway = true;
    const browser = house.browser();
    browser.cookie = cookie;
    expect(await refusal(browser.live())).toBe('503');
    house.storeAway = false;
    expect(await refusal(browser.live())).toBe('opened');
  });
});

describe('a hostile or broken screen', () => {
  it('is cut when it sends a large frame or claims 4 GB', async () => {
    const screen = await opened();
    screen.socket.send('x'.repeat(5_000));
    expect(await screen.closed).toBe(1009);
    const raw = await rawScreen();
    raw.write(Buffer.from([0x82, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4]));
    await once(raw, 'close');
  });

  it('is cut when it floods with small frames or pings', async () => {
    const [talker, pinger] = [await opened(), await opened()];
    for (let turn = 0; turn < 100; turn++) talker.socket.send('hallo');
    expect(await talker.closed).toBe(1006);
    for (let turn = 0; turn < 100; turn++) pinger.socket.ping();
    expect(await pinger.closed).toBe(1006);
  });

  it('is cut when it no longer answers pings', async () => {
    const raw = await rawScreen();
    for (let turn = 0; turn < 3; turn++) house.clock.advance(10_000);
    await once(raw, 'close');
  });

  it('is cut when it does not read, and what waits for it stays bounded', async () => {
    const raw = await rawScreen();
    raw.pause();
    const long = 'x'.repeat(100_000);
    // 15 s at 20 updates a second; each would be 100 kB.
    for (let turn = 0; turn < 300; turn++) {
      house.phone.show('berg-town', {
        personId: 'berg-mira',
        calls: [{ callId: 'c', state: 'held', direction: 'inbound', party: { name: long }, arrivedAt: turn }],
      });
      house.clock.advance(50);
      await new Promise((resolve) => setImmediate(resolve));
    }
    raw.resume();
    await once(raw, 'close');
    expect(raw.bytesRead).toBeLessThan(20_000_000);
  });
});

/** A live screen's socket without a WebSocket library behind it. */
async function rawScreen(): Promise<Socket> {
  const { cookie } = await house.signedIn('mira.berg');
  const socket = connect(house.api.address!.port, '127.0.0.1');
  const lines = [
    'GET /api/live HTTP/1.1',
    `Host: 127.0.0.1:${house.api.address!.port}`,
    `Origin: ${house.origin}`,
    `Cookie: ${cookie}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  socket.on('error', () => {});
  await once(socket, 'data');
  return socket;
}
