import { afterAll, beforeAll, it } from 'vitest';
import { sineSource } from '@amtsleitung/simulator';
import { House } from './harness/house.ts';
import { Linphone } from './harness/linphone.ts';
import { story } from './harness/programs.ts';
import { tones } from './harness/tones.ts';
import { deskPhone, newDevice, town } from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'linphone' });
});
afterAll(() => house.tearDown());

story('a second softphone of its own make', ['linphonec'], () => {
  it.each(['udp', 'tcp'] as const)('calls, holds, resumes and is called (%s)', async (transport) => {
    const account = await newDevice(house, town.mira.name, 'linphone');
    const linphone = await Linphone.start({ tone: tones.desk, server: house.address.sip, account, transport });
    const pia = await deskPhone(house, town.pia.name, { says: () => sineSource(tones.colleague) });

    linphone.command(`call ${town.pia.extension}`);
    const call = await pia.untilCalled();
    await linphone.until(/Call 1 .* ringing/);
    call.answer();
    await Promise.all([call.rtp.untilHears(tones.desk), linphone.ear.untilHears(tones.colleague)]);

    linphone.command('pause 1');
    await Promise.all([call.rtp.untilSilentOf(tones.desk), call.rtp.ear.untilHearsSomething([tones.desk])]);
    linphone.command('resume 1');
    await Promise.all([call.rtp.untilHears(tones.desk), linphone.ear.untilHears(tones.colleague)]);
    linphone.command('terminate');
    await call.untilEnded();

    const incoming = await pia.call(town.mira.extension);
    await linphone.until(/Receiving new incoming call|is contacting you/);
    linphone.command('answer');
    await incoming.untilAnswered();
    await Promise.all([incoming.rtp.untilHears(tones.desk), linphone.ear.untilHears(tones.colleague)]);
    incoming.hangUp();
    await linphone.until(/Call 2 .* ended/);
  });
});
