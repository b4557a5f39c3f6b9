import { TestPhone, TestTrunk, sineSource } from '@amtsleitung/simulator';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { EdgeProxy } from './harness/edge-proxy.ts';
import { House } from './harness/house.ts';
import { story } from './harness/programs.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, deskPhone, newDevice, provider, town } from './harness/town.ts';

const edgeHost = '127.0.0.7';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'edge-proxy', args: ['--sip-proxies', edgeHost] });
});
afterAll(() => house.tearDown());

const edge = () => EdgeProxy.start({ host: edgeHost, house: house.address.sip });

story('phones behind a proxy of the house', ['kamailio'], () => {
  it('RFC 3327 §5: register through it, are called and call by way of it', async () => {
    const { address } = await edge();
    const phone = await deskPhone(house, town.mira.name, { server: address });
    const trunk = await TestTrunk.open({ server: house.address.sip, says: () => sineSource(tones.citizen) });
    onTestFinished(() => trunk.close());
    const call = await trunk.call(`${town.head}${town.mira.extension}`, { from: citizenNumber(1) });
    const answered = await phone.untilCalled();
    answered.answer();
    await call.untilAnswered();
    await Promise.all([call.rtp.untilHears(tones.desk), answered.rtp.untilHears(tones.citizen)]);
    answered.hangUp();
    await call.untilEnded();
  });

  it('call a citizen and are told when the citizen hangs up', async () => {
    const { address } = await edge();
    const outside = await provider(house);
    const phone = await deskPhone(house, town.ute.name, { server: address });
    const call = await phone.call('01713920051');
    const citizen = await outside.untilCalled();
    citizen.answer();
    await call.untilAnswered();
    citizen.hangUp();
    await call.untilEnded();
  });

  it('are not slowed down by one of them that guesses passwords', async () => {
    const { address } = await edge();
    const [mine, other] = [await newDevice(house, town.pia.name), await newDevice(house, town.fritz.name)];
    const guesser = await TestPhone.open({
      server: address,
      host: '127.0.0.8',
      account: { ...mine, password: 'guessed' },
    });
    onTestFinished(() => guesser.close());
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 20; attempt++) statuses.push((await guesser.register()).status);
    expect(statuses.at(-1)).toBe(480);
    await deskPhone(house, town.fritz.name, { server: address, account: other });
    await deskPhone(house, town.pia.name, { server: address, account: mine });
  });
});
