import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { adminRoutes, sessionRoutes } from '@amtsleitung/contract';
import { TestTrunk, sineSource } from '@amtsleitung/simulator';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { tlsFixture } from '../packages/api/src/testing/tls-fixture.ts';
import { ApiClient } from './harness/api-client.ts';
import { BrowserPhone } from './harness/browser-phone.ts';
import { House } from './harness/house.ts';
import { LiveClient } from './harness/live-client.ts';
import { story } from './harness/programs.ts';
import { StaffPage } from './harness/staff-page.ts';
import { tempFolder } from './harness/temp-folder.ts';
import { TlsProxy } from './harness/tls-proxy.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, town } from './harness/town.ts';

const folder = tempFolder('tls');
const data = join(folder.path, 'data');
const [mira, password] = ['mira.meldewesen', 'Ein langes Kennwort 7'];
const toOthers = ['--host', '0.0.0.0', '--public-address', '127.0.0.1'];

/** The demo's people have no password; whoever opens the house to others gives them one first. */
beforeAll(async () => {
  const house = await House.start({ topic: 'tls', data });
  const admin = await house.signIn(town.admin);
  const { people } = await admin.call(adminRoutes.overview);
  const { id, ...person } = people.find(({ login }) => login === mira)!;
  await admin.call(adminRoutes.updatePerson, { params: { id }, body: { ...person, password } });
  await house.tearDown();
});
afterAll(() => folder.remove());

const trust = (certificate: string): void => setDefaultCACertificates([...getCACertificates(), certificate]);

/** Fingerprint of what is served; rejects unless it is trusted and of that host. */
const servedCertificate = (origin: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const socket = connect({
      host: hostname,
      port: Number(port),
      servername: hostname === 'localhost' ? hostname : '',
    });
    socket.once('secureConnect', () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.once('error', reject);
  });

async function signIn(origin: string): Promise<{ api: ApiClient; cookie: string }> {
  const api = new ApiClient(origin);
  const answer = await api.send(sessionRoutes.signIn, { body: { login: mira, password } });
  expect(answer.status).toBe(200);
  return { api, cookie: answer.headers.getSetCookie().join('\n') };
}

function expectLockedCookie(cookie: string): void {
  const attributes = cookie.split(/;\s*/).map((part) => part.toLowerCase());
  expect(cookie).toMatch(/^__Host-session=/);
  expect(attributes).toEqual(expect.arrayContaining(['secure', 'httponly', 'samesite=strict', 'path=/']));
  expect(cookie).not.toMatch(/domain=/i);
}

/** Signs in by the form, rings and talks: the citizen's tone in the browser, the browser's at the citizen. */
async function callTheBrowser(house: House, origin: string): Promise<readonly string[]> {
  const phone = await BrowserPhone.open({ origin, tone: tones.browser });
  onTestFinished(() => phone.close());
  const sockets: string[] = [];
  phone.page.on('websocket', (socket) => sockets.push(socket.url()));
  await phone.page.goto(origin);
  await phone.page.getByLabel('Benutzername').fill(mira);
  await phone.page.getByLabel('Passwort', { exact: true }).fill(password);
  await phone.page.getByRole('button', { name: 'Anmelden', exact: true }).click();
  const staff = new StaffPage(phone.page);
  await staff.untilRegistered();
  const trunk = await TestTrunk.open({ server: house.address.sip });
  onTestFinished(() => trunk.close());
  const citizen = await trunk.call(`${town.head}${town.mira.extension}`, {
    from: citizenNumber(1),
    says: sineSource(tones.citizen),
  });
  await staff.ringing().waitFor();
  await staff.answer();
  await Promise.all([citizen.rtp.untilHears(tones.browser, 10_000), phone.untilHears(tones.citizen)]);
  citizen.hangUp();
  await staff.call().waitFor({ state: 'detached' });
  return sockets;
}

story('a house open to other machines', ['chromium'], () => {
  let house: House;
  beforeAll(async () => {
    house = await House.start({ topic: 'tls-own', data, args: toOthers });
    trust(readFileSync(join(data, 'tls/certificate.pem'), 'utf8'));
  });
  afterAll(() => house.tearDown());

  it('serves HTTPS with a certificate of its own, kept over restarts, its key for nobody else', async () => {
    expect(house.address.http).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const first = await servedCertificate(house.address.http);
    expect(statSync(join(data, 'tls/key.pem')).mode & 0o077).toBe(0);
    expect(await house.stop()).toBe(0);
    await house.startAgain();
    expect(await servedCertificate(house.address.http)).toBe(first);
  });

  it('gives cookies only over HTTPS to this host, and no sign-in by one click', async () => {
    const { api, cookie } = await signIn(house.address.http);
    expectLockedCookie(cookie);
    const entrance = await api.call(sessionRoutes.entrance);
    expect(entrance.demoPeople).toEqual([]);
    const { personId } = await api.call(sessionRoutes.current);
    const visitor = house.visitor();
    expect((await visitor.send(sessionRoutes.signInDemo, { body: { personId } })).status).toBe(404);
    const live = await LiveClient.open(api);
    onTestFinished(() => live.close());
    await live.until('phone', ({ calls }) => calls.length === 0);
    const plain = house.address.http.replace('https', 'http');
    await expect(fetch(`${plain}/api/entrance`)).rejects.toThrow();
  });

  it('the browser phone registers over wss, and both sides hear each other', async () => {
    const sockets = await callTheBrowser(house, house.address.http);
    expect(sockets.filter((url) => url.startsWith('wss://') && url.endsWith('/sip'))).not.toEqual([]);
    expect(sockets.filter((url) => !url.startsWith('wss://'))).toEqual([]);
  });
});

describe('a given certificate', () => {
  it('is the one that is served, also on loopback', async () => {
    const [certificate, key] = [join(folder.path, 'given.pem'), join(folder.path, 'given-key.pem')];
    writeFileSync(certificate, tlsFixture.certificate);
    writeFileSync(key, tlsFixture.key);
    const args = ['--tls-certificate', certificate, '--tls-key', key];
    const house = await House.start({ topic: 'tls-given', data, args });
    onTestFinished(() => house.tearDown());
    trust(tlsFixture.certificate);
    const origin = house.address.http.replace('127.0.0.1', 'localhost');
    const own = readFileSync(join(data, 'tls/certificate.pem'), 'utf8');
    expect(own).not.toBe(tlsFixture.certificate);
    await servedCertificate(origin);
    expectLockedCookie((await signIn(origin)).cookie);
  });
});

story('a house behind a proxy that ends TLS', ['chromium'], () => {
  let house: House;
  beforeAll(async () => {
    house = await House.start({ topic: 'proxy', data, args: ['--behind-proxy'] });
    trust(tlsFixture.certificate);
  });
  afterAll(() => house.tearDown());

  for (const renamesHost of [false, true]) {
    it(`works with the browser phone${renamesHost ? ', also when the proxy renames the host' : ''}`, async () => {
      const proxy = await TlsProxy.open({ target: house.address.http, ...tlsFixture, renamesHost });
      onTestFinished(() => proxy.close());
      const { api, cookie } = await signIn(proxy.origin);
      expectLockedCookie(cookie);
      expect((await api.call(sessionRoutes.entrance)).demoPeople).toEqual([]);
      const sockets = await callTheBrowser(house, proxy.origin);
      expect(sockets).toContainEqual(expect.stringMatching(/^wss:\/\/localhost:\d+\/sip$/));
    });
  }

  it('refuses what a foreign page sends', async () => {
    const proxy = await TlsProxy.open({ target: house.address.http, ...tlsFixture });
    onTestFinished(() => proxy.close());
    const api = new ApiClient(proxy.origin);
    const body = JSON.stringify({ login: mira, password });
    const headers = { origin: 'https://evil.example' };
    const answer = await api.fetch('/api/session', { method: 'POST', body, headers });
    expect(answer.status).toBe(403);
  });
});
