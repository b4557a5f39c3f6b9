import { afterAll, beforeAll, expect, it } from 'vitest';
import { sineSource } from '@amtsleitung/simulator';
import { House } from './harness/house.ts';
import { story } from './harness/programs.ts';
import { Sipp } from './harness/sipp.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, deskPhone, provider, town } from './harness/town.ts';

/** The house carries 1,800 legs; each of these callers, answered by the box of somebody without a phone, is one. */
const storm = { calls: 2_000, perSecond: 400 } as const;

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'overload' });
});
afterAll(() => house.tearDown());

story('more calls than the house can carry', ['sipp'], () => {
  it('RFC 3261 §21.5.4: are sent away with Retry-After; those that talk hear each other, and calm returns', async () => {
    const outside = await provider(house, 'answer');
    const pia = await deskPhone(house, town.pia.name);
    const talk = await pia.call('01713920050');
    const citizen = await outside.untilCalled();
    await talk.untilAnswered();

    const sipp = await Sipp.start({
      scenario: 'trunk-storm',
      target: house.sipTarget,
      count: storm.calls,
      rate: storm.perSecond,
      atOnce: storm.calls,
      keys: {
        number: `${town.head}${town.mira.extension}`,
        caller: citizenNumber(60),
        rtp_host: '127.0.0.2',
        rtp_port: 39_990,
      },
    });
    await sipp.untilLogged('sent away', 20_000);
    await Promise.all([talk.rtp.untilHears(tones.citizen), citizen.rtp.untilHears(tones.desk)]);
    await pia.mustRegister();
    await talk.hold();
    await citizen.rtp.untilSilentOf(tones.desk);
    await talk.resume();
    await Promise.all([talk.rtp.untilHears(tones.citizen), citizen.rtp.untilHears(tones.desk)]);
    await sipp.done;
    await expect
      .poll(() => house.lines.some((line) => line.includes('No longer overloaded')), { timeout: 20_000 })
      .toBe(true);

    const fritz = await deskPhone(house, town.fritz.name, { says: () => sineSource(tones.colleague) });
    const next = await outside.call(`${town.head}${town.fritz.extension}`, { from: citizenNumber(61) });
    (await fritz.untilCalled()).answer();
    await next.untilAnswered();
    await next.rtp.untilHears(tones.colleague);
    await talk.rtp.untilHears(tones.citizen);
  });
});
