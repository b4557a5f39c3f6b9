import { generateKeyPairSync } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { cpSync, existsSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../packages/store/src/index.ts';
import { tlsFixture } from '../packages/api/src/testing/tls-fixture.ts';
import { freeTcpPort } from './harness/free-port.ts';
import { bundledNode, runHouse, type HouseAddress } from './harness/house.ts';
import { processesUsing } from './harness/own-processes.ts';
import { expectOneSentence, expectRefusal, outcomeOf } from './harness/refusal.ts';
import { RunningProgram } from './harness/running-program.ts';
import { tempFolder } from './harness/temp-folder.ts';

const isRoot = process.getuid!() === 0;
const anyPort = ['--http-port', '0', '--sip-port', '0', '--media-port', '0'];
const folder = tempFolder('refused');
afterAll(() => folder.remove());
/** Every refused start uses it, and at last one that works: none may leave anything that is in the way. */
const data = join(folder.path, 'data');

const listenTcp = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    onTestFinished(() => {
      server.close();
    });
  });

const listenUdp = (): Promise<number> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1', () => resolve(socket.address().port));
    onTestFinished(() => {
      socket.close();
    });
  });

const start = (folder: string): RunningProgram => {
  const program = runHouse(['--data', folder, ...anyPort]);
  onTestFinished(async () => {
    await program.stop();
  });
  return program;
};

const ready = async (program: RunningProgram): Promise<HouseAddress> =>
  JSON.parse(await program.untilLine(/^\{.*"http":/, 60_000)) as HouseAddress;

async function startAndStop(folder: string): Promise<void> {
  const program = start(folder);
  await ready(program);
  expect(await program.stop(20_000)).toBe(0);
}

describe('a start is refused', () => {
  it('with a wrong flag or value', async () => {
    await expectRefusal(data, ['--colour', 'blue'], /--colour gibt es nicht/, /--http-port/);
    await expectRefusal(data, ['blue'], /„blue“/, /--http-port/);
    await expectRefusal(data, ['--sip-port', '70000'], /„70000“/, /0 bis 65535/);
    await expectRefusal(data, ['--host', 'rathaus.example'], /„rathaus.example“/, /IPv4-Adresse/);
  });

  it('when a port is taken: web, SIP, SIP over TLS, browser media', async () => {
    const [web, sip, media] = [await listenTcp(), await listenUdp(), await listenUdp()];
    const taken = (flag: string, port: number) =>
      expectRefusal(data, [...anyPort, flag, String(port)], new RegExp(`Port ${port} .*belegt`), new RegExp(flag));
    await taken('--media-port', media);
    await taken('--sip-port', sip);
    await taken('--http-port', web);
    await taken('--sip-tls-port', web);
  });

  it('on an address of another machine', async () => {
    await expectRefusal(data, [...anyPort, '--host', '203.0.113.7'], /203\.0\.113\.7 gehört nicht/, /--host/);
    await expectRefusal(data, [...anyPort, '--host', '127.0.0.1,2001:db8::7'], /2001:db8::7 gehört nicht/, /--host/);
  });

  it('in a data folder that cannot be', async () => {
    const file = join(folder.path, 'a-file');
    writeFileSync(file, '');
    await expectRefusal(join(file, 'data'), anyPort, new RegExp(file), /--data/);
    await expectRefusal('/proc/amtsleitung', anyPort, /\/proc\/amtsleitung/, /--data/);
    const closed = join(folder.path, 'closed');
    mkdirSync(closed, { mode: isRoot ? 0o700 : 0o500 });
    await expectRefusal(join(closed, 'data'), anyPort, new RegExp(closed), /--data/);
  });

  it.runIf(isRoot)('in a folder of something else, which keeps its owner', async () => {
    const other = join(folder.path, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'taxes.ods'), '');
    await expectRefusal(other, anyPort, /taxes\.ods/, /--data/);
    expect([statSync(other).uid, statSync(join(other, 'taxes.ods')).uid]).toEqual([0, 0]);
  });

  it('with a certificate or key that is missing, none, or of another key', async () => {
    const [certificate, key, other] = ['certificate.pem', 'key.pem', 'other.pem'].map((name) =>
      join(folder.path, name),
    );
    writeFileSync(certificate!, tlsFixture.certificate);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(key!, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(other!, 'hello');
    const refused = (certificateFile: string, keyFile: string, cause: RegExp, remedy: RegExp) =>
      expectRefusal(data, [...anyPort, '--tls-certificate', certificateFile, '--tls-key', keyFile], cause, remedy);
    await refused(join(folder.path, 'nowhere.pem'), key!, /nowhere\.pem ist .*nicht lesbar/, /--tls-certificate/);
    await refused(certificate!, other!, /other\.pem ist kein/, /--tls-key/);
    await refused(certificate!, key!, /gehört nicht zum Zertifikat/, /--tls-key/);
  });

  it('when the database of DATABASE_URL is not there', async () => {
    const url = `postgres://amt:geheim@127.0.0.1:${await freeTcpPort()}/amt`;
    await expectRefusal(data, anyPort, /nicht erreichbar \(ECONNREFUSED\)/, /DATABASE_URL/, { DATABASE_URL: url });
  });

  it('without the built web app, or as root past the start script', async () => {
    const checkout = fileURLToPath(new URL('..', import.meta.url));
    const copy = join(folder.path, 'checkout');
    cpSync(join(checkout, 'apps/server'), join(copy, 'apps/server'), { recursive: true });
    symlinkSync(join(checkout, 'node_modules'), join(copy, 'node_modules'));
    const main = join(copy, 'apps/server/src/main.ts');
    const { uid, gid } = statSync(data);
    const run = (user?: { uid: number; gid: number }) =>
      outcomeOf(
        new RunningProgram(bundledNode, [main, '--data', data, ...anyPort], { cwd: '/', ...(user && { user }) }),
      );
    expectOneSentence(await run(isRoot ? { uid, gid } : undefined), /noch nicht gebaut/, /npm run build/);
    if (isRoot) expectOneSentence(await run(), /nie als root/, /npm start/);
    expect(processesUsing(data)).toEqual([]);
  });

  it('on data of a newer version, by schema or by PostgreSQL', async () => {
    const newer = join(folder.path, 'newer');
    await startAndStop(newer);
    const database = await openDatabase({ dataFolder: newer });
    await database.pool.query(`insert into kysely_migration (name, timestamp) values ('9999-future', now())`);
    await database.close();
    await expectRefusal(newer, anyPort, /neueren Version \(9999-future\)/, /Sicherung/);
    const version = join(newer, 'database/PG_VERSION');
    writeFileSync(version, '99\n');
    await expectRefusal(newer, anyPort, /neueren Version \(PostgreSQL 99\)/, /Sicherung/);
    rmSync(version);
    await expectRefusal(newer, anyPort, /unvollständig/, /Sicherung/);
  });
});

describe('a data folder', () => {
  it('has one server: others are refused and disturb nothing', async () => {
    const [one, other] = [start(data), start(data)];
    const outcomes = [one, other].map((program) => outcomeOf(program));
    const winner = await Promise.any([one, other].map((program) => ready(program).then(() => program)));
    const loser = winner === one ? 1 : 0;
    expectOneSentence(await outcomes[loser]!, /läuft schon ein Server/, /--data/);
    const address = await ready(winner);
    const outcome = await outcomeOf(start(data));
    expectOneSentence(outcome, new RegExp(`Prozess ${address.pid}`), /npm run stop/);
    expect((await fetch(new URL('/api/entrance', address.http))).status).toBe(200);
    expect(winner.lines.filter((line) => line.includes('media process'))).toHaveLength(1);
    expect(await winner.stop()).toBe(0);
    expect(processesUsing(data)).toEqual([]);
  });

  it('of a start that was killed half way is no obstacle', async () => {
    const fresh = join(folder.path, 'fresh');
    const first = start(fresh);
    await expect
      .poll(() => existsSync(join(fresh, 'database.new', 'base')), { timeout: 20_000, interval: 5 })
      .toBe(true);
    for (const line of processesUsing(fresh)) process.kill(Number(line.split(' ')[0]), 'SIGKILL');
    await first.finished;
    await startAndStop(fresh);
  });

  it('is left without a process when the house is stopped before it is ready', async () => {
    const early = start(data);
    await expect
      .poll(() => existsSync(join(data, 'database/postmaster.pid')), { timeout: 20_000, interval: 5 })
      .toBe(true);
    expect(await early.stop(30_000)).toBe(0);
    expect(early.lines.filter((line) => line.includes('"http"'))).toEqual([]);
    expect(processesUsing(data)).toEqual([]);
  });
});
