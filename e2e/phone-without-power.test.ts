import { afterAll, beforeAll, expect, it } from 'vitest';
import { phoneRoutes } from '@amtsleitung/contract';
import { Baresip } from './harness/baresip.ts';
import { House } from './harness/house.ts';
import { story } from './harness/programs.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, newDevice, provider, town, watch } from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'phone-without-power' });
});
afterAll(() => house.tearDown());

story('a desk phone loses its power in the middle of a call', ['baresip'], () => {
  it('the citizen hears music within ten seconds, and is not left alone for longer than fifteen', async () => {
    const trunk = await provider(house);
    const account = await newDevice(house, town.mira.name);
    const phone = await Baresip.start({ tone: tones.desk, server: house.address.sip, account, autoAnswer: true });
    await phone.registered();
    const mira = await house.signIn(town.mira.name);
    const live = await watch(mira);
    const citizen = await trunk.call(`${town.head}${town.mira.extension}`, { from: citizenNumber(11) });
    await Promise.all([citizen.rtp.untilHears(tones.desk), phone.ear.untilHears(tones.citizen)]);
    await live.until('phone', ({ calls }) => calls[0]?.state === 'connected');

    phone.losePower();
    await citizen.rtp.untilSilentOf(tones.desk);
    const gone = performance.now();
    await citizen.rtp.ear.untilHearsSomething([tones.desk], 11_000);
    expect(performance.now() - gone).toBeLessThan(11_000);
    await live.until('phone', ({ calls }) => calls.length === 0, 16_000);
    expect(performance.now() - gone).toBeLessThan(16_000);
    citizen.hangUp();
    await citizen.untilEnded();
    expect((await mira.call(phoneRoutes.state)).calls).toEqual([]);
  });
});
