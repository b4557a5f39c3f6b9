import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sineSource, type PhoneAccount } from '@amtsleitung/simulator';
import { House } from './harness/house.ts';
import { story } from './harness/programs.ts';
import { Sipp } from './harness/sipp.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, deskPhone, newDevice, provider, town } from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'lamps' });
});
afterAll(() => house.tearDown());

/** SIPp as the lamp of a desk phone. */
const lamp = (account: PhoneAccount, event: 'dialog' | 'message-summary', number: string): Promise<Sipp> =>
  Sipp.start({
    scenario: 'phone-watches',
    target: house.sipTarget,
    host: '127.0.0.1',
    keys: { user: account.user, domain: account.domain, number, event },
    credentials: account,
    authenticates: `${number}@${account.domain}`,
    patience: 120,
  });

const signOff = async (sipp: Sipp): Promise<void> => {
  await sipp.nudge();
  await sipp.done;
};

story('the lamp of a colleague', ['sipp'], () => {
  it('RFC 4235 §3.7.1: follows a call from outside and tells nothing of it', async () => {
    const trunk = await provider(house);
    const phone = await deskPhone(house, town.mira.name);
    const watching = await lamp(await newDevice(house, town.pia.name), 'dialog', town.mira.extension);
    await watching.untilLogged('told terminated.');
    const citizen = await trunk.call(`${town.head}${town.mira.extension}`, { from: citizenNumber(7) });
    const call = await phone.untilCalled();
    await watching.untilLogged('told early.');
    call.answer();
    await watching.untilLogged('told confirmed.');
    citizen.hangUp();
    await watching.untilLogged('told terminated.', 15_000, 2);
    await signOff(watching);
    const notified = watching
      .messages()
      .split(/^-{10,}.*$/m)
      .filter((message) => message.includes('NOTIFY sip:'));
    expect(notified.length).toBeGreaterThanOrEqual(4);
    expect(notified.join()).not.toMatch(new RegExp(`${citizenNumber(7).slice(1)}|remote>|initiator`));
  });

  it('RFC 3891 §3: rings, and a colleague takes the call by it', async () => {
    const trunk = await provider(house);
    const phone = await deskPhone(house, town.mira.name);
    const account = await newDevice(house, town.pia.name);
    const pia = await deskPhone(house, town.pia.name, { account, says: () => sineSource(tones.colleague) });
    const watching = await lamp(account, 'dialog', town.mira.extension);
    const citizen = await trunk.call(`${town.head}${town.mira.extension}`, { from: citizenNumber(8) });
    const call = await phone.untilCalled();
    await watching.untilLogged('told early.');
    const taken = await pia.call(town.mira.extension, undefined, [{ name: 'Replaces', value: ringingName(watching) }]);
    await Promise.all([citizen.rtp.untilHears(tones.colleague), taken.rtp.untilHears(tones.citizen)]);
    const { cause, reasons } = await call.untilEnded();
    expect(cause).toBe('cancelled');
    expect(reasons).toContainEqual(expect.objectContaining({ protocol: 'SIP', cause: 200 }));
    taken.hangUp();
    await citizen.untilEnded();
    await signOff(watching);
  });
});

/** What a phone makes of the dialog that its lamp shows (RFC 4235 §4.1.2). */
function ringingName(watching: Sipp): string {
  const early = watching
    .messages()
    .match(/<dialog [^>]*call-id[^>]*>/g)!
    .at(-1)!;
  const [callId, toTag, fromTag] = ['call-id', 'local-tag', 'remote-tag'].map(
    (name) => new RegExp(` ${name}="([^"]*)"`).exec(early)![1]!,
  );
  return `${callId};to-tag=${toTag};from-tag=${fromTag}`;
}

story('the message light', ['sipp'], () => {
  it('RFC 3842 §3: tells of a message that a citizen has left', async () => {
    const trunk = await provider(house);
    const phone = await deskPhone(house, town.mira.name, { whenCalled: 'nothing' });
    const watching = await lamp(await newDevice(house, town.mira.name), 'message-summary', town.mira.extension);
    await watching.untilLogged('told 0/0.');
    const citizen = await trunk.call(`${town.head}${town.mira.extension}`, { from: citizenNumber(9) });
    (await phone.untilCalled()).reject(480);
    await citizen.untilAnswered(40_000);
    // After greeting and beep the house only listens.
    await citizen.rtp.ear.untilHearsSomething();
    await citizen.rtp.ear.untilSilent(30_000, 3_000);
    citizen.hangUp();
    await watching.untilLogged('told 1/0.', 20_000);
    await signOff(watching);
  });
});

describe('sound before the answer', () => {
  it('RFC 3960 §3.2: a provider’s announcement is heard by the colleague who dials', async () => {
    const trunk = await provider(house, 'nothing');
    const phone = await deskPhone(house, town.mira.name);
    const call = await phone.call('01713920050');
    const outside = await trunk.untilCalled();
    outside.announce();
    await call.rtp.untilHears(tones.citizen);
    expect(call.provisional).toContain(183);
    expect(call.isAnswered).toBe(false);
    outside.answer();
    await call.untilAnswered();
    await Promise.all([outside.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    call.hangUp();
    await outside.untilEnded();
  });
});
