import { afterAll, beforeAll, expect, it } from 'vitest';
import { callRoutes, phoneRoutes } from '@amtsleitung/contract';
import { sineSource } from '@amtsleitung/simulator';
import { Baresip } from './harness/baresip.ts';
import { House } from './harness/house.ts';
import { story } from './harness/programs.ts';
import { sippCitizen } from './harness/sipp-citizen.ts';
import { tones } from './harness/tones.ts';
import {
  deskPhone,
  logEverybodyOut,
  newDevice,
  provider,
  readyAgent,
  town,
  tuneHotline,
  watch,
} from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'desk-phone' });
  await tuneHotline(house, town.hotline.name, { wrapUpSeconds: 0 });
});
afterAll(() => house.tearDown());

story('a citizen reaches the hotline, a softphone in the office answers', ['sipp', 'baresip'], () => {
  it.each(['udp', 'tcp'] as const)('hears and is heard, before, during and after hold (%s)', async (transport) => {
    await logEverybodyOut(house);
    const account = await newDevice(house, town.mira.name);
    const agent = await Baresip.start({ tone: tones.desk, server: house.address.sip, account, transport });
    await agent.registered();
    const mira = await readyAgent(house, town.mira.name);
    const live = await watch(mira);

    const citizen = await sippCitizen(house, town.hotline.extension);
    await citizen.sipp.untilLogged('answered');
    await citizen.rtp.ear.untilHearsSomething();
    await agent.until(['CALL_INCOMING']);
    agent.command('accept');
    await Promise.all([citizen.rtp.untilHears(tones.desk), agent.ear.untilHears(tones.citizen)]);
    await live.until('phone', ({ calls }) => calls[0]?.state === 'connected');

    const { calls } = live.latest('phone')!;
    const params = { id: calls[0]!.callId };
    await mira.call(phoneRoutes.hold, { params });
    await live.until('phone', (phone) => phone.calls[0]?.state === 'held');
    await Promise.all([
      citizen.rtp.untilSilentOf(tones.desk),
      citizen.rtp.ear.untilHearsSomething([tones.desk]),
      agent.ear.untilSilentOf(tones.citizen),
    ]);
    await mira.call(phoneRoutes.resume, { params });
    await live.until('phone', (phone) => phone.calls[0]?.state === 'connected');
    await Promise.all([citizen.rtp.untilHears(tones.desk), agent.ear.untilHears(tones.citizen)]);

    // The phone's own key. Its recording filter ends here (baresip 1.0), so only the citizen's ear tells.
    agent.command('hold');
    await live.until('phone', (phone) => phone.calls[0]?.state === 'held');
    await Promise.all([citizen.rtp.untilSilentOf(tones.desk), citizen.rtp.ear.untilHearsSomething([tones.desk])]);
    agent.command('resume');
    await live.until('phone', (phone) => phone.calls[0]?.state === 'connected');
    await citizen.rtp.untilHears(tones.desk);

    agent.command('hangup');
    await citizen.sipp.done;
    await live.until('phone', ({ calls }) => calls.length === 0);
    await expect
      .poll(async () => (await mira.call(callRoutes.list)).calls[0]?.outcome, { timeout: 5000 })
      .toBe('answered');
  });
});

story('what phones and providers do in the middle of a call', ['sipp'], () => {
  it('a provider may speak TCP', async () => {
    await logEverybodyOut(house);
    const phone = await deskPhone(house, town.mira.name, { whenCalled: 'answer', transport: 'tcp' });
    const citizen = await sippCitizen(house, town.mira.extension, { transport: 'tcp' });
    const call = await phone.untilCalled();
    await Promise.all([citizen.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    call.hangUp();
    await citizen.sipp.done;
  });

  it('a citizen gives up while it rings', async () => {
    await logEverybodyOut(house);
    const phone = await deskPhone(house, town.mira.name);
    const citizen = await sippCitizen(house, town.mira.extension, { scenario: 'trunk-cancel' });
    const call = await phone.untilCalled();
    await citizen.sipp.untilLogged('ringing');
    await citizen.sipp.nudge();
    await citizen.sipp.done;
    expect(await call.untilEnded()).toMatchObject({ by: 'remote', cause: 'cancelled' });
  });

  it('a fax offer is refused with 488 and the voices go on', async () => {
    await logEverybodyOut(house);
    const phone = await deskPhone(house, town.mira.name, { whenCalled: 'answer' });
    const citizen = await sippCitizen(house, town.mira.extension, { scenario: 'trunk-fax' });
    const call = await phone.untilCalled();
    await Promise.all([citizen.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    await citizen.sipp.nudge();
    await citizen.sipp.untilLogged('fax refused');
    await Promise.all([citizen.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    call.hangUp();
    await citizen.sipp.done;
  });

  it('the far side may hold in every form and comes back', async () => {
    await logEverybodyOut(house);
    const phone = await deskPhone(house, town.mira.name, { whenCalled: 'answer' });
    const citizen = await sippCitizen(house, town.mira.extension, { scenario: 'trunk-hold' });
    const call = await phone.untilCalled();
    await call.rtp.untilHears(tones.citizen);
    for (const [hold, resume] of [
      ['held by sendonly', 'resumed 1'],
      ['held by inactive', 'resumed 2'],
      ['held by 0.0.0.0', 'resumed 3'],
    ] as const) {
      await citizen.sipp.nudge();
      await citizen.sipp.untilLogged(hold);
      citizen.rtp.setSending(false);
      await call.rtp.untilSilentOf(tones.citizen);
      await citizen.sipp.nudge();
      await citizen.sipp.untilLogged(resume);
      citizen.rtp.setSending(true);
      await Promise.all([citizen.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    }
    await citizen.sipp.nudge();
    await citizen.sipp.done;
    await call.untilEnded();
  });
});

story('a desk phone controls its call by SIP', [], () => {
  it.each(['sendonly', 'inactive', '0.0.0.0'] as const)('hold by %s plays music to the citizen', async (form) => {
    await logEverybodyOut(house);
    const trunk = await provider(house);
    const phone = await deskPhone(house, town.mira.name, { whenCalled: 'answer' });
    const citizen = await trunk.call(`${town.head}${town.mira.extension}`, { from: '+491713920003' });
    const call = await phone.untilCalled();
    await Promise.all([citizen.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    await call.hold(form);
    await Promise.all([citizen.rtp.untilSilentOf(tones.desk), citizen.rtp.ear.untilHearsSomething([tones.desk])]);
    await call.resume();
    await Promise.all([citizen.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    citizen.hangUp();
    await call.untilEnded();
  });

  it('REFER hands the citizen to a colleague and lets go of the phone', async () => {
    await logEverybodyOut(house);
    const trunk = await provider(house);
    const mira = await deskPhone(house, town.mira.name, { whenCalled: 'answer' });
    const says = () => sineSource(tones.colleague);
    const fritz = await deskPhone(house, town.fritz.name, { whenCalled: 'answer', says });
    const citizen = await trunk.call(`${town.head}${town.mira.extension}`, { from: '+491713920004' });
    const call = await mira.untilCalled();
    await Promise.all([citizen.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    expect(await call.refer(`sip:${town.fritz.extension}@${house.address.sip.domain}`)).toBe(202);
    const second = await fritz.untilCalled();
    await Promise.all([citizen.rtp.untilHears(tones.colleague), second.rtp.untilHears(tones.citizen)]);
    await call.untilEnded();
    second.hangUp();
    await citizen.untilEnded();
  });

  it('the keys a citizen presses arrive as keys', async () => {
    await logEverybodyOut(house);
    const trunk = await provider(house);
    const phone = await deskPhone(house, town.mira.name, { whenCalled: 'answer' });
    const citizen = await trunk.call(`${town.head}${town.mira.extension}`, { from: '+491713920005' });
    const call = await phone.untilCalled();
    await call.rtp.untilHears(tones.citizen);
    citizen.rtp.press('159#');
    await expect.poll(() => call.rtp.digits, { timeout: 5000 }).toBe('159#');
    call.hangUp();
    await citizen.untilEnded();
  });
});
