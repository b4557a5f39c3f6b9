import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { RtpTonePeer, printPhoneSdp, sineSource } from '@amtsleitung/simulator';
import { House } from './harness/house.ts';
import { story } from './harness/programs.ts';
import { Sipp } from './harness/sipp.ts';
import { tones } from './harness/tones.ts';
import { deskPhone, newDevice, town } from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'rfc-3665' });
});
afterAll(() => house.tearDown());

/** Alice of the RFC: a phone that takes nothing but what the flow shows. Bob is another desk phone. */
async function alice(scenario: string, number: string): Promise<{ sipp: Sipp; rtp: RtpTonePeer }> {
  const rtp = await RtpTonePeer.open({ host: '127.0.0.1', says: sineSource(tones.citizen) });
  onTestFinished(() => rtp.close());
  const credentials = await newDevice(house, town.mira.name, 'Alice');
  const { user, domain } = credentials;
  const keys = { user, domain, number, rtp_host: rtp.host, rtp_port: rtp.port };
  const authenticates = `${number}@${domain}`;
  const sipp = await Sipp.start({
    scenario,
    target: house.sipTarget,
    host: '127.0.0.1',
    keys,
    credentials,
    authenticates,
  });
  return { sipp, rtp };
}

story('Alice calls Bob as RFC 3665 draws it', ['sipp'], () => {
  it('RFC 3665 §3.1, RFC 3665 §3.3: with a challenge, both talk, Bob hangs up', async () => {
    const bob = await deskPhone(house, town.pia.name);
    const { sipp, rtp } = await alice('phone-call', town.pia.extension);
    const call = await bob.untilCalled();
    await sipp.untilLogged('ringing');
    call.answer();
    await Promise.all([rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    call.hangUp();
    await sipp.done;
  });

  it('RFC 3665 §3.6: the offer comes in the 200, the answer in the ACK', async () => {
    const bob = await deskPhone(house, town.pia.name);
    const { sipp, rtp } = await alice('phone-late-offer', town.pia.extension);
    const call = await bob.untilCalled();
    call.answer();
    await Promise.all([rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    call.hangUp();
    await sipp.done;
  });

  it('RFC 3665 §3.7: Bob moves to another address in the middle of the call', async () => {
    const bob = await deskPhone(house, town.pia.name);
    const { sipp, rtp } = await alice('phone-call', town.pia.extension);
    const call = await bob.untilCalled();
    call.answer();
    await Promise.all([rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    const elsewhere = await RtpTonePeer.open({ host: '127.0.0.1', says: sineSource(tones.colleague) });
    onTestFinished(() => elsewhere.close());
    elsewhere.sendTo(call.remote!);
    expect(await call.reoffer(printed(elsewhere))).toBe(200);
    await Promise.all([rtp.untilHears(tones.colleague), elsewhere.untilHears(tones.citizen)]);
    call.hangUp();
    await sipp.done;
  });

  it('RFC 3665 §3.8: Alice gives up while it rings', async () => {
    const bob = await deskPhone(house, town.pia.name);
    const { sipp } = await alice('phone-cancel', town.pia.extension);
    const call = await bob.untilCalled();
    await sipp.untilLogged('ringing');
    await sipp.nudge();
    await sipp.done;
    expect(await call.untilEnded()).toMatchObject({ by: 'remote', cause: 'cancelled' });
  });

  it('RFC 3665 §3.9: Bob is busy, and her display says so', async () => {
    const bob = await deskPhone(house, town.pia.name, { whenCalled: 'nothing' });
    const { sipp } = await alice('phone-refused-486', town.pia.extension);
    (await bob.untilCalled()).reject(486);
    await sipp.done;
  });

  it.each([
    ['§3.10: nothing is heard of Bob', undefined],
    ['§3.11: Bob is not available', 480],
  ])('RFC 3665 %s: his box answers instead', async (_, status) => {
    const bob = await deskPhone(house, town.pia.name, { whenCalled: 'nothing' });
    const { sipp, rtp } = await alice('phone-call', town.pia.extension);
    const call = await bob.untilCalled();
    if (status !== undefined) call.reject(status);
    await sipp.untilLogged('answered', 40_000);
    await rtp.ear.untilHearsSomething();
    await sipp.nudge();
    await sipp.done;
  });
});

const printed = (rtp: RtpTonePeer): string => printPhoneSdp(rtp.described(), 2);
