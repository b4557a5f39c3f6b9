import { createSocket, type Socket } from 'node:dgram';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { boardRoutes, callRoutes, messageRoutes, phoneRoutes, sessionRoutes } from '@amtsleitung/contract';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { BrowserPhone } from './harness/browser-phone.ts';
import { story } from './harness/programs.ts';
import { tones } from './harness/tones.ts';
import { checkout, House } from './harness/house.ts';
import { outcomeOf } from './harness/refusal.ts';
import { RunningProgram } from './harness/running-program.ts';
import { citizenNumber, deskPhone, logEverybodyOut, provider, readyAgent, town, tuneHotline } from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'privacy', args: ['--log-level', 'debug'] });
});
afterAll(() => house.tearDown());

const hotlineNumber = `${town.head}${town.hotline.extension}`;
/** Asks again until `look` is content. */
async function until<Value>(look: () => Promise<Value>, isDone: (value: Value) => boolean): Promise<Value> {
  for (let turn = 0; turn < 100; turn++) {
    const value = await look();
    if (isDone(value)) return value;
    await sleep(100);
  }
  throw new Error('it never came');
}

describe('a colleague who missed an offer', () => {
  it('is named to nobody: not to the one who took the call, nor to lead and administrator', async () => {
    onTestFinished(() => logEverybodyOut(house));
    await tuneHotline(house, town.hotline.name, { ringSeconds: 5, wrapUpSeconds: 0 });
    const [miraPhone, piaPhone] = [await deskPhone(house, town.mira.name), await deskPhone(house, town.pia.name)];
    const trunk = await provider(house);
    await readyAgent(house, town.mira.name);
    const citizen = await trunk.call(hotlineNumber, { from: citizenNumber(61), displayName: 'Berta Bürgerin' });
    await miraPhone.untilCalled();
    const pia = await readyAgent(house, town.pia.name);
    const call = await piaPhone.untilCalled(20_000);
    call.answer();
    await until(
      () => pia.call(phoneRoutes.state),
      ({ calls }) => calls[0]?.state === 'connected',
    );
    citizen.hangUp();
    const list = () => pia.call(callRoutes.list);
    const { calls } = await until(list, (found) => found.calls[0]?.endedAt !== undefined);
    const kinds = calls[0]!.steps.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'hotline-offered')).toHaveLength(1);
    expect(JSON.stringify(calls)).not.toContain('Mira');
    for (const name of [town.mira.name, town.lead, town.admin]) {
      const api = await house.signIn(name);
      for (const route of [callRoutes.list, boardRoutes.board, messageRoutes.list]) {
        expect(JSON.stringify(await api.call(route)), name).not.toMatch(/Berta|3920061|missed|no-answer/);
      }
    }
  });
});

describe('a request for erasure', () => {
  it('takes number, name and recording from a running house, and changes no figure', async () => {
    const phone = await deskPhone(house, town.fritz.name, { whenCalled: 'answer' });
    const trunk = await provider(house);
    const citizen = await trunk.call(`${town.head}${town.fritz.extension}`, {
      from: citizenNumber(62),
      displayName: 'Carla Citizen',
    });
    await citizen.untilAnswered();
    (await phone.untilCalled()).hangUp();
    await citizen.untilEnded();
    const fritz = await house.signIn(town.fritz.name);
    const list = () => fritz.call(callRoutes.list);
    const before = await until(list, ({ calls }) => calls[0]?.endedAt !== undefined);
    expect(before.calls[0]).toMatchObject({ party: { number: citizenNumber(62), name: 'Carla Citizen' } });
    const erase = (...args: readonly string[]) =>
      outcomeOf(
        new RunningProgram('npm', ['run', '-s', 'erase', '--', '--data', house.address.data, ...args], {
          cwd: checkout,
        }),
      );
    const number = citizenNumber(62).replace('+49', '0');
    expect((await erase('--number', number, '--dry-run')).printed.join()).toContain('1 Gesprächen');
    expect((await erase('--number', number)).code).toBe(0);
    expect((await erase('--number', number)).printed.join()).toContain('nichts gespeichert');
    const after = await list();
    expect(after.calls[0]).toEqual({ ...before.calls[0], party: {}, partyText: '' });
  });
});

/** Resolves when no packet has come for 2 s. */
const untilQuiet = (socket: Socket, heard: () => void): Promise<void> =>
  new Promise((resolve) => {
    const quiet = setTimeout(resolve, 2_000);
    socket.on('message', () => {
      heard();
      quiet.refresh();
    });
  });

describe('an address that only a phone vouches for', () => {
  it('gets no more than five seconds of sound', async () => {
    let packets = 0;
    const victim = createSocket('udp4');
    await new Promise<void>((bound) => victim.bind(0, '127.0.0.9', bound));
    onTestFinished(() => void victim.close());
    const phone = await deskPhone(house, town.ute.name);
    const call = await phone.call(town.hotline.secondExtension);
    await call.untilAnswered();
    const { port } = victim.address();
    await call.reoffer(
      `v=0\r\no=- 1 2 IN IP4 127.0.0.9\r\ns=-\r\nc=IN IP4 127.0.0.9\r\nt=0 0\r\nm=audio ${port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n`,
    );
    await untilQuiet(victim, () => packets++);
    call.hangUp();
    expect(packets).toBeGreaterThan(0);
    expect(packets).toBeLessThanOrEqual(250);
  });
});

story('the pages keep to their own content security policy', ['chromium'], () => {
  it('on every page, and talk to nobody but the house', async () => {
    const phone = await BrowserPhone.open({ origin: house.address.http, tone: tones.browser });
    onTestFinished(() => phone.close());
    const violations: string[] = [];
    const hosts = new Set<string>();
    phone.page.on('request', (request) => hosts.add(new URL(request.url()).host));
    phone.page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) violations.push(message.text());
    });
    await phone.signIn(town.admin);
    for (const path of ['/phone', '/messages', '/team', '/calls', '/board', '/admin/people', '/admin/hotlines']) {
      await phone.page.goto(`${house.address.http}${path}`);
      await phone.page.locator('main h1').first().waitFor();
      await expect.poll(() => phone.page.locator('[aria-busy=true]').count(), { timeout: 10_000 }).toBe(0);
    }
    expect(violations).toEqual([]);
    expect([...hosts].filter((host) => host !== new URL(house.address.http).host)).toEqual([]);
    const kept = await phone.page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
    expect(kept).not.toMatch(/pass|token|secret|sip:/i);
  });
});

describe('on the disk', () => {
  it('nobody but the house’s own user reads anything', () => {
    const open: string[] = [];
    const look = (path: string) => {
      const found = lstatSync(path);
      if ((found.mode & 0o007) !== 0 && !found.isSymbolicLink()) open.push(`${path} ${found.mode.toString(8)}`);
      if (found.isDirectory()) for (const name of readdirSync(path)) look(join(path, name));
    };
    look(house.address.data);
    expect(open).toEqual([]);
  });

  it('no log holds a number, a name or a secret, however much it is told to write', async () => {
    await (await house.signInAfresh(town.ute.name)).call(sessionRoutes.signOut);
    const logs = readdirSync(join(house.address.data, 'database/log')).map((name) =>
      readFileSync(join(house.address.data, 'database/log', name), 'utf8'),
    );
    const media = readFileSync(join(house.address.data, 'media/media-process.log'), 'utf8');
    const everything = [...house.lines.filter((line) => !line.startsWith('{"pid"')), ...logs, media].join('\n');
    expect(everything).toContain('ready');
    expect(everything).not.toMatch(/39200\d\d|Berta|Carla|Mira|Fritz|[Pp]assword|Digest|nonce=|session=/);
  });
});
