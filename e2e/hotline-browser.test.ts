import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { callRoutes, phoneRoutes, teamRoutes } from '@amtsleitung/contract';
import { sineSource } from '@amtsleitung/simulator';
import { Baresip } from './harness/baresip.ts';
import { House } from './harness/house.ts';
import { receivedBySipp, shapeOfRequest } from './harness/message-shape.ts';
import { story } from './harness/programs.ts';
import { sippCitizen } from './harness/sipp-citizen.ts';
import { browserAgent } from './harness/staff-page.ts';
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
  house = await House.start({ topic: 'browser' });
});
afterAll(() => house.tearDown());
beforeEach(async () => {
  await logEverybodyOut(house);
  await tuneHotline(house, town.hotline.name, { wrapUpSeconds: 60, ringSeconds: 20, retryPauseSeconds: 0 });
});

story('a citizen reaches the hotline, a colleague at home answers in the browser', ['sipp', 'chromium'], () => {
  it('hears and is heard before, during and after hold; then wrap-up and the record', async () => {
    const { phone, staff } = await browserAgent(house, town.mira.name, tones.browser);
    await staff.logIn(town.hotline.name);
    const citizen = await sippCitizen(house, town.hotline.extension);
    await citizen.sipp.untilLogged('answered');
    await citizen.rtp.ear.untilHearsSomething();

    await staff.ringing().waitFor();
    await expect.poll(() => phone.page.title()).toContain('☎ Anruf');
    await staff.answer();
    await Promise.all([citizen.rtp.untilHears(tones.browser, 10_000), phone.untilHears(tones.citizen)]);

    await staff.button('Halten').click();
    await staff.page.getByText('Gehalten').first().waitFor();
    await Promise.all([
      citizen.rtp.untilSilentOf(tones.browser),
      citizen.rtp.ear.untilHearsSomething([tones.browser]),
      phone.untilSilentOf(tones.citizen),
    ]);
    await staff.button('Zurückholen').click();
    await Promise.all([citizen.rtp.untilHears(tones.browser), phone.untilHears(tones.citizen)]);

    await staff.button('Stumm').click();
    await citizen.rtp.untilSilentOf(tones.browser);
    await staff.button('Stumm').click();
    await citizen.rtp.untilHears(tones.browser);

    await citizen.sipp.nudge();
    await citizen.sipp.done;
    await staff.button('Fertig, wieder frei').click();
    await staff.page.getByText('Die Leitung ist frei').waitFor();
    await staff.open('Anrufe');
    await staff.page.getByText('0171 3920001').first().waitFor();
    const mira = await house.signIn(town.mira.name);
    const { calls } = await mira.call(callRoutes.list);
    expect(calls[0]).toMatchObject({ direction: 'inbound', outcome: 'answered', hotlineName: town.hotline.name });
    expect(calls[0]!.talkMilliseconds).toBeGreaterThan(500);
    expect(phone.faults).toEqual([]);
  });

  it('is handed on to an extension without being asked', async () => {
    const { phone, staff } = await browserAgent(house, town.mira.name, tones.browser);
    await staff.logIn(town.hotline.name);
    const fritz = await deskPhone(house, town.fritz.name, { says: () => sineSource(tones.colleague) });
    const citizen = await sippCitizen(house, town.hotline.extension);
    await staff.answer();
    await Promise.all([citizen.rtp.untilHears(tones.browser, 10_000), phone.untilHears(tones.citizen)]);
    await staff.button('Weiterleiten').click();
    await staff.page.keyboard.type(town.fritz.extension);
    await staff.button('Direkt verbinden').click();
    const call = await fritz.untilCalled();
    call.answer();
    await Promise.all([citizen.rtp.untilHears(tones.colleague), call.rtp.untilHears(tones.citizen)]);
    await staff.call().waitFor({ state: 'detached' });
    call.hangUp();
    await citizen.sipp.done;
  });

  it('keeps the head of the queue when the tab is closed while ringing', async () => {
    const { phone, staff } = await browserAgent(house, town.mira.name, tones.browser);
    await staff.logIn(town.hotline.name);
    const first = await sippCitizen(house, town.hotline.extension);
    await staff.ringing().waitFor();
    const second = await sippCitizen(house, town.hotline.extension, { tone: tones.secondCitizen });
    await second.sipp.untilLogged('answered');
    await second.rtp.ear.untilHearsSomething();
    await phone.page.close();
    const desk = await deskPhone(house, town.pia.name, { says: () => sineSource(tones.colleague) });
    await readyAgent(house, town.pia.name);
    const call = await desk.untilCalled(25_000);
    call.answer();
    await Promise.all([call.rtp.untilHears(tones.citizen), first.rtp.untilHears(tones.colleague)]);
    call.hangUp();
    await first.sipp.done;
    await second.sipp.nudge();
    await second.sipp.done;
  });

  it('finds the house again after signing out: session and registration are gone within 5 s', async () => {
    const { staff } = await browserAgent(house, town.mira.name, tones.browser);
    const lena = await house.signIn(town.lead);
    const { people } = await lena.call(teamRoutes.list, { query: { search: 'Meldewesen' } });
    const mira = people.find(({ name }) => name === town.mira.name)!;
    const presence = async () =>
      (await lena.call(teamRoutes.list, { query: { search: 'Meldewesen' } })).people[0]?.presence;
    await expect.poll(presence, { timeout: 5000 }).toBe('free');
    const cookies = await staff.page.context().cookies();
    await staff.button('Abmelden').click();
    await expect.poll(presence, { timeout: 5000 }).toBe('away');
    expect(mira.personId).toBeTruthy();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const again = () => house.visitor().fetch(phoneRoutes.state.path, { headers: { cookie } });
    await expect.poll(async () => (await again()).status, { timeout: 5000 }).toBe(401);
  });
});

story('browser and desk phone call each other', ['chromium', 'baresip'], () => {
  it('by extension, both ways, and hear each other', async () => {
    const account = await newDevice(house, town.fritz.name);
    const desk = await Baresip.start({ tone: tones.desk, server: house.address.sip, account });
    await desk.registered();
    const { phone, staff } = await browserAgent(house, town.mira.name, tones.browser);

    desk.command('dial', `sip:${town.mira.extension}@${house.address.sip.domain}`);
    await staff.answer();
    await Promise.all([phone.untilHears(tones.desk), desk.ear.untilHears(tones.browser, 10_000)]);
    await staff.button('Auflegen').click();
    await desk.until(['CALL_CLOSED']);

    const mark = desk.events.length;
    await staff.button('Nummer wählen').click();
    await staff.page.keyboard.type(town.fritz.extension);
    await staff.page.keyboard.press('Enter');
    await desk.until(['CALL_INCOMING'], 15_000, mark);
    desk.command('accept');
    await Promise.all([phone.untilHears(tones.desk), desk.ear.untilHears(tones.browser, 10_000)]);
    desk.command('hangup');
    await staff.page.getByText('Die Leitung ist frei').waitFor();
  });
});

story('seen from the trunk, home and office are the same (R16)', ['sipp', 'chromium', 'baresip'], () => {
  it('an answered call has the same messages with the same headers', async () => {
    const answerAtHome = async () => {
      const { staff, phone } = await browserAgent(house, town.mira.name, tones.browser);
      const citizen = await sippCitizen(house, town.mira.extension);
      await staff.answer();
      await Promise.all([citizen.rtp.untilHears(tones.browser, 10_000), phone.untilHears(tones.citizen)]);
      await staff.button('Auflegen').click();
      await citizen.sipp.done;
      await phone.close();
      return { messages: receivedBySipp(citizen.sipp.messages()), media: citizen.rtp.heardFrom?.split(':')[0] };
    };
    const answerInTheOffice = async () => {
      const account = await newDevice(house, town.mira.name);
      const desk = await Baresip.start({ tone: tones.desk, server: house.address.sip, account });
      await desk.registered();
      const citizen = await sippCitizen(house, town.mira.extension);
      await desk.until(['CALL_INCOMING']);
      desk.command('accept');
      await Promise.all([citizen.rtp.untilHears(tones.desk), desk.ear.untilHears(tones.citizen)]);
      desk.command('hangup');
      await citizen.sipp.done;
      return { messages: receivedBySipp(citizen.sipp.messages()), media: citizen.rtp.heardFrom?.split(':')[0] };
    };
    const home = await answerAtHome();
    const office = await answerInTheOffice();
    expect(home.messages.length).toBeGreaterThan(2);
    expect(office).toEqual(home);
  });

  it('an outgoing call has the same INVITE', async () => {
    const trunk = await provider(house);
    const { staff } = await browserAgent(house, town.mira.name, tones.browser);
    await staff.button('Nummer wählen').click();
    await staff.page.keyboard.type('0171 3920077');
    await staff.page.keyboard.press('Enter');
    const fromHome = await trunk.untilCalled();
    fromHome.reject(486);
    await staff.page.context().browser()?.close();
    const desk = await deskPhone(house, town.mira.name);
    const call = await desk.call('01713920077');
    const fromOffice = await trunk.untilCalled();
    fromOffice.reject(486);
    await call.untilEnded(20_000);
    expect(shapeOfRequest(fromOffice.invite!)).toBe(shapeOfRequest(fromHome.invite!));
  });
});

story('the live screens', ['sipp'], () => {
  it('show a ringing call only to those it is offered to, without its number to others', async () => {
    await deskPhone(house, town.mira.name);
    const mira = await watch(await readyAgent(house, town.mira.name));
    const bodo = await watch(await house.signIn(town.bodo.name));
    const citizen = await sippCitizen(house, town.hotline.extension);
    const state = await mira.until('phone', ({ calls }) => calls[0]?.state === 'ringing');
    expect(state.calls[0]).toMatchObject({ hotlineName: town.hotline.name, partyText: '0171 3920001' });
    await citizen.sipp.nudge();
    await citizen.sipp.done;
    await mira.until('phone', ({ calls }) => calls.length === 0);
    const seen = JSON.stringify(bodo.messages);
    expect(seen).not.toContain('3920001');
    expect(bodo.latest('phone')?.calls).toEqual([]);
  });
});
