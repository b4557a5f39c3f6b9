import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { boardRoutes, callRoutes, messageRoutes } from '@amtsleitung/contract';
import { Ear, sineSource, spokenSentences, samplesSource, type TestCall, type TestTrunk } from '@amtsleitung/simulator';
import { parseWav } from '@amtsleitung/media';
import { systemTimers } from '@amtsleitung/base';
import { House } from './harness/house.ts';
import { story } from './harness/programs.ts';
import { sippCitizen } from './harness/sipp-citizen.ts';
import { Sipp } from './harness/sipp.ts';
import { tones } from './harness/tones.ts';
import {
  citizenNumber,
  deskPhone,
  logEverybodyOut,
  provider,
  readyAgent,
  setHotline,
  town,
  tuneHotline,
  watch,
} from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'queue' });
});
afterAll(() => house.tearDown());
beforeEach(() => logEverybodyOut(house));

const hotlineNumber = `${town.head}${town.hotline.extension}`;

async function callsHotline(trunk: TestTrunk, index: number, tone: number): Promise<TestCall> {
  const call = await trunk.call(hotlineNumber, { from: citizenNumber(index), says: sineSource(tone) });
  await call.untilAnswered();
  return call;
}

describe('two callers and one agent', () => {
  it('keeps the order, says the place, and offers the second after wrap-up', async () => {
    await tuneHotline(house, town.hotline.name, { wrapUpSeconds: 2, retryPauseSeconds: 0 });
    const trunk = await provider(house);
    const phone = await deskPhone(house, town.mira.name);
    const mira = await readyAgent(house, town.mira.name);
    const live = await watch(mira);

    const first = await callsHotline(trunk, 1, tones.citizen);
    const ringing = await phone.untilCalled();
    const second = await callsHotline(trunk, 2, tones.secondCitizen);
    await live.until('hotlines', ({ hotlines }) => hotlines.some(({ waiting }) => waiting >= 1));
    await second.rtp.ear.untilHearsSomething([tones.desk]);

    ringing.answer();
    await Promise.all([first.rtp.untilHears(tones.desk), ringing.rtp.untilHears(tones.citizen)]);
    expect(phone.inbox.total).toBe(1);
    ringing.hangUp();
    await first.untilEnded();
    await live.until('phone', ({ wrapUp }) => wrapUp !== undefined);

    const next = await phone.untilCalled();
    await live.until('phone', ({ calls, wrapUp }) => calls[0]?.state === 'ringing' && wrapUp === undefined);
    next.answer();
    await Promise.all([second.rtp.untilHears(tones.desk), next.rtp.untilHears(tones.secondCitizen)]);
    second.hangUp();
    await next.untilEnded();
    const record = async () => (await mira.call(callRoutes.list)).calls[0];
    await expect.poll(async () => (await record())?.steps.map(({ kind }) => kind)).toContain('call-ended');
    const { steps, waitMilliseconds } = (await record())!;
    const kinds = ['call-arrived', 'call-routed', 'hotline-queued', 'hotline-offered', 'hotline-answered'];
    expect(steps.map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds));
    expect(waitMilliseconds).toBeGreaterThan(0);
  });

  it('a caller whose offer is declined keeps the head of the queue', async () => {
    await tuneHotline(house, town.hotline.name, { wrapUpSeconds: 0, retryPauseSeconds: 600 });
    const trunk = await provider(house);
    // Rests for ten minutes afterwards: nobody the later stories need.
    const fritz = await deskPhone(house, town.fritz.name);
    const pia = await deskPhone(house, town.pia.name, { says: () => sineSource(tones.colleague) });
    const live = await watch(await readyAgent(house, town.fritz.name));
    const first = await callsHotline(trunk, 1, tones.citizen);
    const declined = await fritz.untilCalled();
    const second = await callsHotline(trunk, 2, tones.secondCitizen);
    await live.until('hotlines', ({ hotlines }) => hotlines.some(({ waiting }) => waiting === 2));
    declined.reject(486);
    await declined.untilEnded();
    await readyAgent(house, town.pia.name);
    const taken = await pia.untilCalled();
    taken.answer();
    await Promise.all([taken.rtp.untilHears(tones.citizen), first.rtp.untilHears(tones.colleague)]);
    first.hangUp();
    second.hangUp();
    await Promise.all([taken.untilEnded(), second.untilEnded()]);
  });
});

describe('nobody logged in', () => {
  it('takes a message that the team can play', async () => {
    const trunk = await provider(house);
    const sentence = spokenSentences()[0]!;
    const citizen = await trunk.call(hotlineNumber, { from: citizenNumber(7), says: sineSource(tones.citizen) });
    await citizen.untilAnswered();
    const mira = await house.signIn(town.mira.name);
    const live = await watch(mira);
    const before = (await mira.call(messageRoutes.list)).messages.length;
    // Announcement, then the tone that asks to speak: 440 Hz or higher, alone.
    await citizen.rtp.ear.untilHearsSomething();
    await citizen.rtp.ear.untilSilent(30_000, 1200);
    citizen.rtp.say(sineSource(tones.secondCitizen));
    await new Promise<void>((resolve) => {
      citizen.rtp.say(samplesSource(sentence, false, resolve));
    });
    citizen.hangUp();
    await live.until('messages', ({ open }) => open > 0);
    await expect.poll(async () => (await mira.call(messageRoutes.list)).messages.length).toBe(before + 1);
    const [message] = (await mira.call(messageRoutes.list)).messages;
    expect(message).toMatchObject({ boxName: town.hotline.name, party: { number: citizenNumber(7) } });
    const answer = await mira.fetch(`/api/messages/${message!.id}/audio`);
    expect(answer.status).toBe(200);
    const recording = parseWav(new Uint8Array(await answer.arrayBuffer()));
    expect(recording.length / 8).toBeGreaterThan((sentence.length / 8) * 0.8);
    const ear = new Ear(systemTimers);
    ear.hear(recording);
    expect(ear.looks.some(({ level }) => level > 0.02)).toBe(true);
    const bodo = await house.signIn(town.bodo.name);
    expect((await bodo.fetch(`/api/messages/${message!.id}/audio`)).status).toBe(404);
  });
});

describe('outside opening hours', () => {
  it('says so and asks for a message', async () => {
    await tuneHotline(house, town.officeHotline.name, { openingHours: { intervals: [], closures: [] } });
    const trunk = await provider(house);
    const citizen = await trunk.call(`${town.head}${town.officeHotline.extension}`, { from: citizenNumber(8) });
    await citizen.untilAnswered();
    await citizen.rtp.ear.untilHearsSomething();
    citizen.hangUp();
    const lena = await house.signIn(town.lead);
    await expect
      .poll(async () => {
        const { hotlines } = await lena.call(boardRoutes.board);
        return hotlines.find(({ name }) => name === town.officeHotline.name)?.today.outsideHours;
      })
      .toBe(1);
  });
});

describe('a citizen who gives up', () => {
  it('leaves the queue at once and counts as lost, not as answered', async () => {
    const trunk = await provider(house);
    await deskPhone(house, town.mira.name);
    const mira = await readyAgent(house, town.mira.name);
    const live = await watch(mira);
    const citizen = await callsHotline(trunk, 9, tones.citizen);
    await live.until('phone', ({ calls }) => calls[0]?.state === 'ringing');
    citizen.hangUp();
    await live.until('phone', ({ calls }) => calls.length === 0);
    await live.until('hotlines', ({ hotlines }) => hotlines.every(({ waiting }) => waiting === 0));
    await setHotline(mira, town.hotline.name, false);
  });
});

story('seventeen callers at once (R7)', ['sipp'], () => {
  it('all are answered, nobody hears busy', async () => {
    await deskPhone(house, town.mira.name);
    const mira = await readyAgent(house, town.mira.name);
    const live = await watch(mira);
    const { rtp, sipp: first } = await sippCitizen(house, town.hotline.extension);
    const others = await Sipp.start({
      scenario: 'trunk-call',
      target: house.sipTarget,
      count: 16,
      rate: 50,
      keys: { number: hotlineNumber, caller: citizenNumber(20), rtp_host: rtp.host, rtp_port: rtp.port },
    });
    await Promise.all([first.untilLogged('answered'), others.untilLogged('answered', 15_000, 16)]);
    await live.until('hotlines', ({ hotlines }) => hotlines.some(({ waiting }) => waiting === 17));
    await first.nudge();
    for (let call = 1; call <= 16; call++) await others.nudge(call);
    await Promise.all([first.done, others.done]);
    await live.until('hotlines', ({ hotlines }) => hotlines.every(({ waiting }) => waiting === 0));
  });
});

describe('numbers nobody has', () => {
  it('an unassigned extension is told so, never silence', async () => {
    const trunk = await provider(house);
    const citizen = await trunk.call(`${town.head}9999`, { from: citizenNumber(30) });
    const heard = citizen.rtp.ear.untilHearsSomething().then(() => 'announcement' as const);
    const ended = citizen.untilEnded(20_000).then(({ status }) => status ?? 'answered');
    const outcome = await Promise.race([heard.catch(() => 'nothing' as const), ended]);
    expect(['announcement', 404]).toContain(outcome);
    await citizen.untilEnded(30_000);
  });
});
