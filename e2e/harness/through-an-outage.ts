import {
  adminRoutes,
  boardRoutes,
  callRoutes,
  hotlineRoutes,
  phoneRoutes,
  type CallRecordView,
} from '@amtsleitung/contract';
import { sineSource, type TestCall } from '@amtsleitung/simulator';
import { expect } from 'vitest';
import type { ApiClient } from './api-client.ts';
import type { House } from './house.ts';
import { tones } from './tones.ts';
import { citizenNumber, deskPhone, newDevice, provider, readyAgent, town } from './town.ts';

const hotlineNumber = `${town.head}${town.hotline.extension}`;

async function refusedWithinTwoSeconds(send: () => Promise<Response>): Promise<void> {
  const begun = performance.now();
  expect((await send()).status).toBe(503);
  expect(performance.now() - begun).toBeLessThan(2000);
}

const bothHear = (citizen: TestCall, citizenTone: number, agent: TestCall, agentTone: number): Promise<unknown> =>
  Promise.all([citizen.rtp.untilHears(agentTone), agent.rtp.untilHears(citizenTone)]);

/** What a lead sees of the day so far. */
async function today(lead: ApiClient) {
  const { hotlines } = await lead.call(boardRoutes.board);
  const { offered, answered, lost } = hotlines.find(({ name }) => name === town.hotline.name)!.today;
  return { offered, answered, lost };
}

/** The record of the newest call as it is in the end: every step once, in order. */
export async function expectRecord(api: ApiClient, known: number, kinds: readonly string[]): Promise<CallRecordView> {
  const calls = async () => (await api.call(callRoutes.list)).calls;
  await expect.poll(async () => (await calls())[0]?.steps.map(({ kind }) => kind), { timeout: 20_000 }).toEqual(kinds);
  const all = await calls();
  expect(all).toHaveLength(known + 1);
  expect(all[0]).toMatchObject({ direction: 'inbound', outcome: 'answered' });
  return all[0]!;
}

const arrival = ['call-arrived', 'call-routed'];
/** Steps of a call that an agent of the hotline answers. */
export const viaHotline = [
  ...arrival,
  'hotline-queued',
  'hotline-offered',
  'hotline-offer-ended',
  'hotline-answered',
  'call-connected',
];

export interface Outage {
  begin(): void;
  end(): void;
  readonly milliseconds: number;
}

/**
 * Calls go on, new ones come through, hold works and administration says no within two seconds, for as long as the
 * outage lasts; afterwards each call is in the lists and figures exactly once.
 */
export async function goThroughAnOutage(house: House, outage: Outage): Promise<void> {
  const trunk = await provider(house);
  const spare = await newDevice(house, town.ute.name);
  const miraPhone = await deskPhone(house, town.mira.name, { says: () => sineSource(tones.desk) });
  const fritzPhone = await deskPhone(house, town.fritz.name, { says: () => sineSource(tones.colleague) });
  const piaPhone = await deskPhone(house, town.pia.name, { says: () => sineSource(tones.browser) });
  const [lead, admin] = [await house.signIn(town.lead), await house.signIn(town.admin)];
  const [pia, ute] = [await house.signIn(town.pia.name), await house.signIn(town.ute.name)];
  const { trunks } = await admin.call(adminRoutes.overview);
  const before = await today(lead);
  const known = async (api: ApiClient) => (await api.call(callRoutes.list)).calls.length;
  const citizenCalls = (number: string, index: number, tone: number) =>
    trunk.call(number, { from: citizenNumber(index), says: sineSource(tone) });

  const mira = await readyAgent(house, town.mira.name);
  // Before her call: it is in her list as soon as it is answered.
  const knownToMira = await known(mira);
  const running = await citizenCalls(hotlineNumber, 1, tones.citizen);
  const atMira = await miraPhone.untilCalled();
  atMira.answer();
  await bothHear(running, tones.citizen, atMira, tones.desk);
  const fritz = await readyAgent(house, town.fritz.name);
  const counts = [knownToMira, ...(await Promise.all([fritz, pia, ute].map(known)))];

  const begun = performance.now();
  outage.begin();
  try {
    // The running call, and its hold by the API.
    const { calls } = await mira.call(phoneRoutes.state);
    const params = { id: calls[0]!.callId };
    await mira.call(phoneRoutes.hold, { params });
    await Promise.all([running.rtp.untilSilentOf(tones.desk), running.rtp.ear.untilHearsSomething([tones.desk])]);
    await mira.call(phoneRoutes.resume, { params });
    await bothHear(running, tones.citizen, atMira, tones.desk);

    // A call to a registered phone, one through the hotline, and one to a phone that registers only now.
    const direct = await citizenCalls(`${town.head}${town.pia.extension}`, 2, tones.secondCitizen);
    const atPia = await piaPhone.untilCalled();
    atPia.answer();
    await bothHear(direct, tones.secondCitizen, atPia, tones.browser);
    const queued = await citizenCalls(hotlineNumber, 3, tones.secondCitizen);
    const atFritz = await fritzPhone.untilCalled();
    atFritz.answer();
    await bothHear(queued, tones.secondCitizen, atFritz, tones.colleague);
    const utePhone = await deskPhone(house, town.ute.name, { account: spare });
    const late = await citizenCalls(`${town.head}${town.ute.extension}`, 4, tones.secondCitizen);
    const atUte = await utePhone.untilCalled();
    atUte.answer();
    await bothHear(late, tones.secondCitizen, atUte, tones.desk);

    // What needs the database says so at once.
    const { id, ...trunkBody } = trunks[0]!;
    await refusedWithinTwoSeconds(() => admin.send(adminRoutes.updateTrunk, { params: { id }, body: trunkBody }));
    await refusedWithinTwoSeconds(() => mira.send(callRoutes.list));

    for (const call of [direct, late]) call.hangUp();
    atFritz.hangUp();
    await Promise.all([direct, late, queued, atPia, atUte, atFritz].map((call) => call.untilEnded()));
    await fritz.call(hotlineRoutes.finishWrapUp, { body: {} });
    const left = Math.max(0, outage.milliseconds - (performance.now() - begun));
    await expect.poll(() => performance.now() - begun, { timeout: left + 5000 }).toBeGreaterThan(outage.milliseconds);
    await bothHear(running, tones.citizen, atMira, tones.desk);
  } finally {
    outage.end();
  }
  running.hangUp();
  await atMira.untilEnded();

  const hold = ['call-held', 'call-resumed'];
  const [miras, fritzs, pias, utes] = counts;
  await expectRecord(mira, miras!, [...viaHotline, ...hold, 'call-ended']);
  await expectRecord(fritz, fritzs!, [...viaHotline, 'call-ended']);
  await expectRecord(pia, pias!, [...arrival, 'call-ringing', 'call-connected', 'call-ended']);
  await expectRecord(ute, utes!, [...arrival, 'call-ringing', 'call-connected', 'call-ended']);
  const { offered, answered, lost } = before;
  await expect.poll(() => today(lead)).toEqual({ offered: offered + 2, answered: answered + 2, lost });
  expect(
    (await admin.send(adminRoutes.updateTrunk, { params: { id: trunks[0]!.id }, body: trunks[0]! })).status,
  ).toBeLessThan(300);
}
