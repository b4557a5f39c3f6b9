import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { boardRoutes, callRoutes, messageRoutes, phoneRoutes } from '@amtsleitung/contract';
import { parseWav } from '@amtsleitung/media';
import { sineSource, type TestCall, type TestTrunk } from '@amtsleitung/simulator';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { House } from './harness/house.ts';
import { expectRefusal } from './harness/refusal.ts';
import { SmallDisk } from './harness/small-disk.ts';
import { expectRecord, viaHotline } from './harness/through-an-outage.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, deskPhone, provider, readyAgent, setHotline, town, tuneHotline } from './harness/town.ts';

const hotlineNumber = `${town.head}${town.hotline.extension}`;
const anyPort = ['--http-port', '0', '--sip-port', '0', '--media-port', '0'];
const disk = SmallDisk.mount(300);
if (typeof disk === 'string') process.stderr.write(`skipped: "a full disk": ${disk}\n`);

describe.skipIf(typeof disk === 'string')('a full disk', () => {
  const small = disk as SmallDisk;
  let house: House;
  beforeAll(async () => {
    house = await House.start({ topic: 'disk-full', data: join(small.path, 'data') });
  });
  afterAll(async () => {
    await house.tearDown();
    small.unmount();
  });

  /** Message files, finished and unfinished. */
  const messageFiles = (): string[] =>
    readdirSync(house.address.data, { recursive: true, encoding: 'utf8' }).filter((name) => /\.wav/.test(name));

  const leavesMessage = async (trunk: TestTrunk, index: number): Promise<TestCall> => {
    const citizen = await trunk.call(hotlineNumber, { from: citizenNumber(index), says: sineSource(tones.citizen) });
    await citizen.untilAnswered();
    await citizen.rtp.ear.untilHearsSomething();
    await citizen.rtp.ear.untilSilent(30_000, 1200);
    return citizen;
  };

  it('calls go on and come through; their facts arrive once when there is room again', async () => {
    await tuneHotline(house, town.hotline.name, { wrapUpSeconds: 0 });
    const trunk = await provider(house);
    const phone = await deskPhone(house, town.mira.name);
    const fritzPhone = await deskPhone(house, town.fritz.name, { says: () => sineSource(tones.colleague) });
    const lead = await house.signIn(town.lead);
    const today = async () =>
      (await lead.call(boardRoutes.board)).hotlines.find(({ name }) => name === town.hotline.name)!.today;
    const mira = await readyAgent(house, town.mira.name);
    const citizen = await trunk.call(hotlineNumber, { from: citizenNumber(1), says: sineSource(tones.citizen) });
    const call = await phone.untilCalled();
    call.answer();
    await Promise.all([citizen.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    const fritz = await readyAgent(house, town.fritz.name);

    small.fill();
    const params = { id: (await mira.call(phoneRoutes.state)).calls[0]!.callId };
    await mira.call(phoneRoutes.hold, { params });
    await Promise.all([citizen.rtp.untilSilentOf(tones.desk), citizen.rtp.ear.untilHearsSomething([tones.desk])]);
    await mira.call(phoneRoutes.resume, { params });
    await citizen.rtp.untilHears(tones.desk);
    for (let index = 2; index < 7; index++) {
      const next = await trunk.call(hotlineNumber, {
        from: citizenNumber(index),
        says: sineSource(tones.secondCitizen),
      });
      const atFritz = await fritzPhone.untilCalled(40_000);
      atFritz.answer();
      await Promise.all([next.rtp.untilHears(tones.colleague), atFritz.rtp.untilHears(tones.secondCitizen)]);
      next.hangUp();
      await atFritz.untilEnded();
      // The rest of what the database still had room for.
      small.fill();
    }
    await Promise.all([citizen.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    citizen.hangUp();
    await call.untilEnded();

    small.free();
    const listed = { timeout: 60_000 };
    await expect.poll(async () => (await fritz.send(callRoutes.list)).status, listed).toBe(200);
    await expect.poll(async () => (await fritz.call(callRoutes.list)).calls.length, listed).toBe(5);
    const { calls } = await fritz.call(callRoutes.list);
    for (const { steps } of calls) expect(steps.map(({ kind }) => kind)).toEqual([...viaHotline, 'call-ended']);
    await expectRecord(mira, 0, [...viaHotline, 'call-held', 'call-resumed', 'call-ended']);
    await expect.poll(today, listed).toMatchObject({ offered: 6, answered: 6, lost: 0 });
    expect(process.kill(house.address.pid, 0)).toBe(true);
  });

  it('a message is refused with an apology, and leaves no broken file', async () => {
    const trunk = await provider(house);
    for (const { name } of [town.mira, town.fritz])
      await setHotline(await house.signIn(name), town.hotline.name, false);
    small.fill();
    onTestFinished(() => small.free());
    const before = messageFiles();
    const citizen = await trunk.call(hotlineNumber, { from: citizenNumber(10), says: sineSource(tones.citizen) });
    await citizen.untilAnswered();
    // Announcement, tone and apology follow each other: nobody speaks to a house that does not listen.
    expect((await citizen.untilEnded(40_000)).by).toBe('remote');
    expect(messageFiles()).toEqual(before);
  });

  it('a message ends early when the disk fills up meanwhile; what was kept can be heard', async () => {
    const trunk = await provider(house);
    const mira = await house.signIn(town.mira.name);
    await expect.poll(async () => (await mira.send(messageRoutes.list)).status, { timeout: 60_000 }).toBe(200);
    const citizen = await leavesMessage(trunk, 11);
    await expect.poll(() => messageFiles().some((name) => name.endsWith('.part'))).toBe(true);
    small.fill();
    await citizen.rtp.ear.untilHearsSomething([], 30_000);
    await citizen.untilEnded(30_000);
    expect(messageFiles().filter((name) => name.endsWith('.part'))).toEqual([]);
    for (const name of messageFiles()) {
      expect(parseWav(readFileSync(join(house.address.data, name))).length).toBeGreaterThan(4000);
    }
    small.free();
    await expect
      .poll(async () => (await mira.call(messageRoutes.list)).messages.length, { timeout: 60_000 })
      .toBe(messageFiles().length);
  });

  it('a house does not start on a full disk, says why, and starts when there is room', async () => {
    expect(await house.stop()).toBe(0);
    small.fill();
    await expectRefusal(house.address.data, anyPort, /kein Platz mehr/, /Schaffen Sie Platz/);
    small.free();
    await house.startAgain();
    expect((await (await house.signIn(town.admin)).send(callRoutes.list)).status).toBe(200);
  });
});
