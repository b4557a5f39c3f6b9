import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headerValues } from '@amtsleitung/sip';
import { sineSource, type TestCall, type TestPhone } from '@amtsleitung/simulator';
import { House } from './harness/house.ts';
import { Linphone } from './harness/linphone.ts';
import { story } from './harness/programs.ts';
import { tones } from './harness/tones.ts';
import { deskPhone, newDevice, town } from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'rfc-5359' });
});
afterAll(() => house.tearDown());

const [alice, bob, carol] = [town.mira, town.pia, town.ute];
const at = (number: string): string => `sip:${number}@musterstadt.example`;

const phoneOf = (person: { readonly name: string }, tone: number): Promise<TestPhone> =>
  deskPhone(house, person.name, { says: () => sineSource(tone) });

async function threePhones() {
  return {
    alice: await phoneOf(alice, tones.citizen),
    bob: await phoneOf(bob, tones.desk),
    carol: await phoneOf(carol, tones.colleague),
  };
}

/** Alice calls Bob, and they talk: her side and his. */
async function talking(phones: { alice: TestPhone; bob: TestPhone }): Promise<[TestCall, TestCall]> {
  const out = await phones.alice.call(bob.extension);
  const call = await phones.bob.untilCalled();
  call.answer();
  await out.untilAnswered();
  await hearEachOther(out, tones.citizen, call, tones.desk);
  return [out, call];
}

const hearEachOther = (one: TestCall, says: number, other: TestCall, answers: number): Promise<unknown> =>
  Promise.all([one.rtp.untilHears(answers), other.rtp.untilHears(says)]);

const hangUpAll = async (...calls: readonly TestCall[]): Promise<void> => {
  for (const call of calls) if (!call.end) call.hangUp();
  await Promise.all(calls.map((call) => call.untilEnded()));
};

describe('holding', () => {
  it('RFC 5359 §2.1, RFC 5359 §2.3: on hold with music, and back', async () => {
    const phones = await threePhones();
    const [out, call] = await talking(phones);
    await call.hold();
    await Promise.all([out.rtp.untilSilentOf(tones.desk), out.rtp.ear.untilHearsSomething([tones.desk])]);
    await call.resume();
    await hearEachOther(out, tones.citizen, call, tones.desk);
    await hangUpAll(out, call);
  });

  it('RFC 5359 §2.2: on hold while Bob asks Carol', async () => {
    const phones = await threePhones();
    const [out, call] = await talking(phones);
    await call.hold();
    const question = await phones.bob.call(carol.extension);
    const asked = await phones.carol.untilCalled();
    asked.answer();
    await hearEachOther(question, tones.desk, asked, tones.colleague);
    await hangUpAll(question, asked);
    await call.resume();
    await hearEachOther(out, tones.citizen, call, tones.desk);
    await hangUpAll(out, call);
  });
});

describe('transfer', () => {
  it('RFC 5359 §2.4: unattended', async () => {
    const phones = await threePhones();
    const [out, call] = await talking(phones);
    expect(await call.refer(at(carol.extension))).toBe(202);
    const third = await phones.carol.untilCalled();
    third.answer();
    await hearEachOther(out, tones.citizen, third, tones.colleague);
    await call.untilEnded();
    await hangUpAll(out, third);
  });

  it('RFC 5359 §2.5: attended', async () => {
    const phones = await threePhones();
    const [out, call] = await talking(phones);
    await call.hold();
    const question = await phones.bob.call(carol.extension);
    const asked = await phones.carol.untilCalled();
    asked.answer();
    await hearEachOther(question, tones.desk, asked, tones.colleague);
    expect(await call.referTo(at(carol.extension), question)).toBe(202);
    await hearEachOther(out, tones.citizen, asked, tones.colleague);
    await Promise.all([call.untilEnded(), question.untilEnded()]);
    await hangUpAll(out, asked);
  });
});

describe('forwarding', () => {
  /** Dials a code and waits until the house has said that it is done. */
  async function dialCode(phone: TestPhone, code: string): Promise<void> {
    const call = await phone.call(code.replaceAll('#', '%23'));
    await call.untilEnded(20_000);
  }

  it.each([
    ['§2.7: always', '21', 'nothing'],
    ['§2.8: on busy', '67', 'busy'],
  ] as const)('RFC 5359 %s, set and taken back by code', async (_, code, bobIs) => {
    const phones = await threePhones();
    await dialCode(phones.bob, `*${code}*${carol.extension}#`);
    const out = await phones.alice.call(bob.extension);
    if (bobIs === 'busy') (await phones.bob.untilCalled()).reject(486);
    const third = await phones.carol.untilCalled();
    third.answer();
    await hearEachOther(out, tones.citizen, third, tones.colleague);
    await hangUpAll(out, third);
    await dialCode(phones.bob, `#${code}#`);
    await hangUpAll(...(await talking(phones)));
  });

  it('RFC 5359 §2.9: when nobody answers', async () => {
    const phones = await threePhones();
    await dialCode(phones.bob, `*61*${carol.extension}#`);
    const out = await phones.alice.call(bob.extension);
    const first = await phones.bob.untilCalled();
    const third = await phones.carol.untilCalled(40_000);
    expect(await first.untilEnded()).toMatchObject({ cause: 'cancelled' });
    third.answer();
    await hearEachOther(out, tones.citizen, third, tones.colleague);
    await hangUpAll(out, third);
    await dialCode(phones.bob, '#61#');
  });
});

describe('finding, fetching, parking', () => {
  it('RFC 5359 §2.12: Bob is found on the phone that he picks up; the other is told', async () => {
    const phones = await threePhones();
    const second = await phoneOf(bob, tones.colleague);
    const out = await phones.alice.call(bob.extension);
    const [onDesk, onSecond] = await Promise.all([phones.bob.untilCalled(), second.untilCalled()]);
    onSecond.answer();
    await hearEachOther(out, tones.citizen, onSecond, tones.colleague);
    const { cause, reasons } = await onDesk.untilEnded();
    expect(cause).toBe('cancelled');
    expect(reasons).toContainEqual(expect.objectContaining({ protocol: 'SIP', cause: 200 }));
    await hangUpAll(out, onSecond);
  });

  it('RFC 5359 §2.14: numbers nobody allowed do not leave the house', async () => {
    const phones = await threePhones();
    const out = await phones.alice.call('0044207946000');
    await out.untilEnded(20_000);
    expect(out.response?.status).toBe(403);
    expect(headerValues(out.response!, 'Reason').join()).toContain('Q.850');
  });

  it('RFC 5359 §2.15: parked by Bob, fetched by Carol', async () => {
    const phones = await threePhones();
    const [out, call] = await talking(phones);
    expect(await call.refer(at('*5'))).toBe(202);
    await call.untilEnded();
    await out.rtp.ear.untilHearsSomething([tones.desk]);
    const fetching = await phones.carol.call('*51');
    await fetching.untilAnswered();
    await hearEachOther(out, tones.citizen, fetching, tones.colleague);
    await hangUpAll(out, fetching);
  });

  it('RFC 5359 §2.16: rings at Bob, picked up by Carol', async () => {
    const phones = await threePhones();
    const out = await phones.alice.call(bob.extension);
    const ringing = await phones.bob.untilCalled();
    await out.untilRinging();
    const picked = await phones.carol.call(`*8${bob.extension}`);
    await picked.untilAnswered();
    await hearEachOther(out, tones.citizen, picked, tones.colleague);
    expect(await ringing.untilEnded()).toMatchObject({ cause: 'cancelled' });
    await hangUpAll(out, picked);
  });
});

story('a real phone transfers', ['linphonec'], () => {
  /** Alice calls Bob's linphone, and they talk. */
  async function talkingToLinphone() {
    const account = await newDevice(house, bob.name, 'linphone');
    const linphone = await Linphone.start({ tone: tones.desk, server: house.address.sip, account });
    const phones = { alice: await phoneOf(alice, tones.citizen), carol: await phoneOf(carol, tones.colleague) };
    const out = await phones.alice.call(bob.extension);
    await linphone.until(/contacting you|Receiving new incoming call/);
    linphone.command('answer');
    await Promise.all([out.rtp.untilHears(tones.desk), linphone.ear.untilHears(tones.citizen)]);
    return { ...phones, linphone, out };
  }

  it('RFC 5359 §2.4: unattended with linphone', async () => {
    const { linphone, out, carol: third } = await talkingToLinphone();
    linphone.command(`transfer 1 ${at(carol.extension)}`);
    const call = await third.untilCalled();
    call.answer();
    await hearEachOther(out, tones.citizen, call, tones.colleague);
    await hangUpAll(out, call);
  });

  it('RFC 5359 §2.5: attended with linphone', async () => {
    const { linphone, out, carol: third } = await talkingToLinphone();
    linphone.command('pause 1');
    linphone.command(`call ${at(carol.extension)}`);
    const asked = await third.untilCalled();
    asked.answer();
    await linphone.until(/Call 2 .* connected/);
    linphone.command('transfer 1 --to-call 2');
    await hearEachOther(out, tones.citizen, asked, tones.colleague);
    await hangUpAll(out, asked);
  });
});
