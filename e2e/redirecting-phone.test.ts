import { afterAll, beforeAll, expect, it } from 'vitest';
import { sineSource } from '@amtsleitung/simulator';
import { House } from './harness/house.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, deskPhone, provider, town } from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'redirecting-phone' });
});
afterAll(() => house.tearDown());

const at = (number: string): string => `sip:${number}@${house.address.sip.domain}`;

it('RFC 3261 §8.1.3.4: a phone sends a citizen’s call to a colleague, who is reached', async () => {
  const trunk = await provider(house);
  const mira = await deskPhone(house, town.mira.name, { whenCalled: 'nothing' });
  const pia = await deskPhone(house, town.pia.name, {
    whenCalled: 'answer',
    says: () => sineSource(tones.colleague),
  });
  const citizen = await trunk.call(`${town.head}${town.mira.extension}`, { from: citizenNumber(12) });
  (await mira.untilCalled()).sendTo(at(town.pia.extension));
  const call = await pia.untilCalled();
  await Promise.all([citizen.rtp.untilHears(tones.colleague), call.rtp.untilHears(tones.citizen)]);
  citizen.hangUp();
  await call.untilEnded();
});

it.each(['004420794600', '09005123456'])(
  'a phone cannot send a call to %s past its person’s rights',
  async (number) => {
    const trunk = await provider(house);
    const mira = await deskPhone(house, town.mira.name, { whenCalled: 'nothing' });
    const pia = await deskPhone(house, town.pia.name);
    const call = await pia.call(town.mira.extension);
    (await mira.untilCalled()).sendTo(at(number));
    const { status } = await call.untilEnded(20_000);
    expect(status).toBe(603);
    expect(trunk.inbox.total).toBe(0);
  },
);
