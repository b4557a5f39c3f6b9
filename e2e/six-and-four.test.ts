import { afterAll, beforeAll, it } from 'vitest';
import { sineSource } from '@amtsleitung/simulator';
import { Baresip } from './harness/baresip.ts';
import { House } from './harness/house.ts';
import { story } from './harness/programs.ts';
import { tones } from './harness/tones.ts';
import { deskPhone, newDevice, town } from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'six-and-four', args: ['--host', '127.0.0.1,::1'] });
});
afterAll(() => house.tearDown());

story('a softphone with an IPv6 address alone', ['baresip'], () => {
  it('RFC 4566 §5.7: talks with a desk phone that has IPv4 alone, called and calling', async () => {
    const account = await newDevice(house, town.mira.name, 'Softphone mit IPv6');
    const server = { ...house.address.sip, host: '::1' };
    const six = await Baresip.start({ tone: tones.desk, server, account, host: '::1' });
    await six.registered();
    const four = await deskPhone(house, town.pia.name, { says: () => sineSource(tones.colleague) });

    const incoming = await four.call(town.mira.extension);
    await six.until(['CALL_INCOMING']);
    six.command('accept');
    await incoming.untilAnswered();
    await Promise.all([six.ear.untilHears(tones.colleague), incoming.rtp.untilHears(tones.desk)]);
    incoming.hangUp();
    await six.until(['CALL_CLOSED']);

    six.command('dial', `sip:${town.pia.extension}@${account.domain}`);
    const call = await four.untilCalled();
    call.answer();
    await Promise.all([six.ear.untilHears(tones.colleague), call.rtp.untilHears(tones.desk)]);
    six.command('hangup');
    await call.untilEnded();
  });
});
