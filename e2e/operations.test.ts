import { readFileSync, readdirSync, lstatSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { adminRoutes, boardRoutes, callRoutes, messageRoutes } from '@amtsleitung/contract';
import { TestPhone, sineSource, type PhoneAccount } from '@amtsleitung/simulator';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ApiClient } from './harness/api-client.ts';
import { checkout, House } from './harness/house.ts';
import { processesUsing } from './harness/own-processes.ts';
import { expectOneSentence, outcomeOf, type Outcome } from './harness/refusal.ts';
import { RunningProgram } from './harness/running-program.ts';
import { tempFolder } from './harness/temp-folder.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, deskPhone, newDevice, provider, readyAgent, setHotline, town } from './harness/town.ts';

const isRoot = process.getuid!() === 0;
const folder = tempFolder('operations');
const backupFile = join(folder.path, 'house.backup');
const hotlineNumber = `${town.head}${town.hotline.extension}`;
let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'operations' });
});
afterAll(async () => {
  await house.tearDown();
  folder.remove();
});

/** `npm run NAME -- …`, as an operator types it. */
const command = (name: string, ...args: string[]): Promise<Outcome> =>
  outcomeOf(new RunningProgram('npm', ['run', name, '--', ...args], { cwd: checkout }));

/** Everything below a folder that belongs to root. */
const ownedByRoot = (path: string): string[] => [
  ...(lstatSync(path).uid === 0 ? [path] : []),
  ...(lstatSync(path).isDirectory() ? readdirSync(path).flatMap((name) => ownedByRoot(join(path, name))) : []),
];

const stepKinds = async (api: ApiClient) => (await api.call(callRoutes.list)).calls[0]?.steps.map(({ kind }) => kind);

/** What the people of a house can see of it, without what changes by itself. */
async function contents(of: House): Promise<unknown> {
  const [admin, mira, lead] = [
    await of.signIn(town.admin),
    await of.signIn(town.mira.name),
    await of.signIn(town.lead),
  ];
  const { devices, ...overview } = await admin.call(adminRoutes.overview);
  const { messages } = await mira.call(messageRoutes.list);
  const audio = await Promise.all(
    messages.map(async ({ id }) => Buffer.from(await (await mira.fetch(`/api/messages/${id}/audio`)).arrayBuffer())),
  );
  return {
    overview,
    devices: devices.map(({ id, label, personId }) => ({ id, label, personId })),
    calls: (await mira.call(callRoutes.list)).calls,
    messages,
    audio,
    today: (await lead.call(boardRoutes.board)).hotlines.map(({ name, today }) => ({ name, today })),
  };
}

async function answeredCall(trunkOf: House, phone: TestPhone): Promise<void> {
  const trunk = await provider(trunkOf);
  const citizen = await trunk.call(hotlineNumber, { from: citizenNumber(1), says: sineSource(tones.citizen) });
  const call = await phone.untilCalled();
  call.answer();
  await Promise.all([citizen.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
  citizen.hangUp();
  await call.untilEnded();
}

async function leaveMessage(at: House): Promise<void> {
  const trunk = await provider(at);
  const citizen = await trunk.call(hotlineNumber, { from: citizenNumber(2), says: sineSource(tones.secondCitizen) });
  const mira = await at.signIn(town.mira.name);
  await citizen.untilAnswered();
  await citizen.rtp.ear.untilHearsSomething();
  await citizen.rtp.ear.untilSilent(30_000, 1200);
  citizen.hangUp();
  await expect.poll(async () => (await mira.call(messageRoutes.list)).messages.length, { timeout: 10_000 }).toBe(1);
}

describe('backup and restore', () => {
  let account: PhoneAccount;
  let before: unknown;
  const restored = join(folder.path, 'restored');

  it('a running house is written into one file that its owner alone can read', async () => {
    account = await newDevice(house, town.mira.name);
    const phone = await deskPhone(house, town.mira.name, { account });
    const mira = await readyAgent(house, town.mira.name);
    await answeredCall(house, phone);
    await expect.poll(() => stepKinds(mira)).toContain('call-ended');
    await setHotline(mira, town.hotline.name, false);
    await leaveMessage(house);
    before = await contents(house);

    const { code, said, printed } = await command('backup', '--data', house.address.data, '--to', backupFile);
    expect(said).toEqual([]);
    expect(printed.join()).toMatch(/Gesichert: \d{3,} Datensätze, 1 Sprachnachrichten/);
    expect(code).toBe(0);
    expect(lstatSync(backupFile).mode & 0o077).toBe(0);
    if (isRoot) expect(ownedByRoot(house.address.data)).toEqual([]);
  });

  it('and comes back in an empty folder: people, numbers, hotlines, calls, message, phones', async () => {
    const outcome = await command('restore', '--data', restored, '--from', backupFile);
    expect(outcome.said).toEqual([]);
    expect(outcome.code).toBe(0);
    if (isRoot) expect(ownedByRoot(restored)).toEqual([]);
    expect(processesUsing(restored)).toEqual([]);

    const other = await House.start({ topic: 'restored', data: restored });
    onTestFinished(() => other.tearDown());
    expect(await contents(other)).toEqual(before);
    await readyAgent(other, town.mira.name);
    await answeredCall(other, await deskPhone(other, town.mira.name, { account }));
  });

  it('a backup inside the data folder does not stand in the way of the automatic ones', async () => {
    const inside = join(house.address.data, 'backups', 'by-hand.backup');
    expect((await command('backup', '--data', house.address.data, '--to', inside)).code).toBe(0);
    expect(existsSync(inside)).toBe(true);
    if (isRoot) expect(ownedByRoot(house.address.data)).toEqual([]);
  });

  it('restore refuses a house that is in use, one that holds data, and a folder of something else', async () => {
    const into = (data: string) => command('restore', '--data', data, '--from', backupFile);
    expectOneSentence(await into(house.address.data), /nicht leer/, /--data/);
    expectOneSentence(await into(restored), /nicht leer/, /--data/);
    const foreign = tempFolder('foreign');
    onTestFinished(foreign.remove);
    writeFileSync(join(foreign.path, 'taxes.ods'), '');
    expectOneSentence(await into(foreign.path), /nicht leer/, /--data/);
    expect(readdirSync(foreign.path)).toEqual(['taxes.ods']);
  });

  it('restore refuses a damaged or missing file and leaves nothing behind', async () => {
    const target = join(folder.path, 'target');
    const damaged = join(folder.path, 'damaged.backup');
    const bytes = readFileSync(backupFile);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(damaged, bytes);
    const from = (file: string) => command('restore', '--data', target, '--from', file);
    expectOneSentence(await from(damaged), /beschädigt/, /andere Sicherung/);
    expectOneSentence(await from(join(folder.path, 'nowhere')), /nicht lesbar/, /Prüfen/);
    expectOneSentence(await command('backup', '--data', target, '--to', damaged), /kein Haus/, /--data/);
    expect(existsSync(target)).toBe(false);
    const toNowhere = command('backup', '--data', house.address.data, '--to', '/proc/house.backup');
    expectOneSentence(await toNowhere, /\/proc\/house\.backup/, /--to/);
  });
});

describe('npm run service', () => {
  it('prints a unit that systemd takes', async () => {
    const { code, printed } = await command('service', '--data', house.address.data, '--', '--host', '0.0.0.0');
    expect(code).toBe(0);
    const unit = join(folder.path, 'amtsleitung.service');
    writeFileSync(unit, `${printed.join('\n')}\n`);
    expect(printed[0]).toBe('[Unit]');
    expect(printed).toEqual(expect.arrayContaining(['[Service]', 'NoNewPrivileges=yes', 'KillMode=mixed']));
    const verdict = new RunningProgram('systemd-analyze', ['verify', unit]);
    const exitCode = await verdict.finished;
    if (verdict.lines.some((line) => line.includes('ENOENT'))) {
      process.stderr.write('skipped: systemd-analyze is not there, the unit was only read\n');
      return;
    }
    expect(verdict.tail()).toBe('');
    expect(exitCode).toBe(0);
  });

  it('prints none that could not start', async () => {
    if (!isRoot) return;
    expectOneSentence(await command('service', '--user', 'nobody-of-that-name'), /gibt es nicht/, /--user/);
  });
});

describe('stopping and starting', () => {
  it('npm run stop ends calls with BYE, media and database, within seconds; the next start is ready at once', async () => {
    const phone = await deskPhone(house, town.pia.name, { whenCalled: 'answer' });
    const trunk = await provider(house);
    const citizen = await trunk.call(`${town.head}${town.pia.extension}`, { from: citizenNumber(3) });
    const call = await phone.untilCalled();
    await citizen.untilAnswered();
    const begun = performance.now();
    const stopped = command('stop', '--data', house.address.data);
    const ends = await Promise.all([citizen.untilEnded(), call.untilEnded()]);
    expect(ends.map(({ by }) => by)).toEqual(['remote', 'remote']);
    expect((await stopped).code).toBe(0);
    expect(processesUsing(house.address.data)).toEqual([]);
    expect(await house.stop()).toBe(0);
    expect(performance.now() - begun).toBeLessThan(10_000);
    const again = await command('stop', '--data', house.address.data);
    expectOneSentence(again, /läuft kein Server/, /--data/);

    // How fast it is back is reported, not judged: the machine may be busy.
    const restarted = performance.now();
    await house.startAgain();
    const ready = performance.now() - restarted;
    const account = await newDevice(house, town.pia.name);
    const known = performance.now();
    const second = await TestPhone.open({ server: house.address.sip, account });
    onTestFinished(() => second.close());
    await second.mustRegister();
    const registered = ready + performance.now() - known;
    process.stderr.write(
      `second start: ready after ${ready.toFixed(0)} ms, first REGISTER accepted after ${registered.toFixed(0)} ms\n`,
    );
  });
});
