import { callRoutes } from '@amtsleitung/contract';
import { sineSource } from '@amtsleitung/simulator';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { freezeDatabase, killDatabase } from './harness/database-processes.ts';
import { House } from './harness/house.ts';
import { expectRecord, goThroughAnOutage, viaHotline } from './harness/through-an-outage.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, deskPhone, logEverybodyOut, provider, readyAgent, town } from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'database-away' });
});
afterAll(() => house.tearDown());
beforeEach(() => logEverybodyOut(house));

it('the database hangs for nine seconds: calls go on, facts arrive once', async () => {
  let thaw = (): void => {};
  await goThroughAnOutage(house, {
    begin: () => (thaw = freezeDatabase(house)),
    end: () => thaw(),
    milliseconds: 9000,
  });
});

it('the database is killed during a call, twice: the house starts it again and loses nothing', async () => {
  const trunk = await provider(house);
  const phone = await deskPhone(house, town.pia.name);
  const pia = await readyAgent(house, town.pia.name);
  const known = (await pia.call(callRoutes.list)).calls.length;
  const citizen = await trunk.call(`${town.head}${town.hotline.extension}`, {
    from: citizenNumber(5),
    says: sineSource(tones.citizen),
  });
  const call = await phone.untilCalled();
  killDatabase(house);
  call.answer();
  await Promise.all([citizen.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
  await expect.poll(async () => (await pia.send(callRoutes.list)).status, { timeout: 15_000 }).toBe(200);
  killDatabase(house);
  citizen.hangUp();
  await call.untilEnded();
  await expect.poll(async () => (await pia.send(callRoutes.list)).status, { timeout: 15_000 }).toBe(200);
  await expectRecord(pia, known, [...viaHotline, 'call-ended']);
});
