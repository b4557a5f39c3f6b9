import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRoutes } from '@amtsleitung/contract';
import { sineSource } from '@amtsleitung/simulator';
import { House } from './harness/house.ts';
import { numberIn, shapeOfRequest } from './harness/message-shape.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, deskPhone, provider, town } from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'outgoing' });
});
afterAll(() => house.tearDown());

const mobile = '01713920050';
const mobileE164 = '+491713920050';

describe('a call to a citizen', () => {
  it('shows the office number and nothing of the colleague, and both hear each other', async () => {
    const trunk = await provider(house);
    const phone = await deskPhone(house, town.mira.name, { displayName: 'Mira zu Hause' });
    const call = await phone.call(mobile);
    const outside = await trunk.untilCalled();
    await call.untilRinging();
    outside.answer();
    await call.untilAnswered();
    await Promise.all([outside.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);

    const invite = outside.invite!;
    expect(invite.uri).toContain(mobileE164);
    for (const header of ['From', 'P-Asserted-Identity']) {
      expect(numberIn(invite, header)).toBe(`${town.head}${town.mira.extension}`);
    }
    const wire = shapeOfRequest(invite);
    expect(wire).not.toMatch(/Mira|zu Hause|X-Amtsleitung/i);
    expect(wire).not.toContain(`:${phone.port}`);

    outside.hangUp();
    await call.untilEnded();
    const mira = await house.signIn(town.mira.name);
    await expect
      .poll(async () => (await mira.call(callRoutes.list)).calls[0])
      .toMatchObject({ direction: 'outbound', outcome: 'answered', party: { number: mobileE164 } });
  });

  it('tells the colleague when nobody is reached', async () => {
    const trunk = await provider(house);
    const phone = await deskPhone(house, town.mira.name);
    const call = await phone.call(mobile);
    (await trunk.untilCalled()).reject(486);
    const heard = call.rtp.ear.untilHearsSomething().then(() => 'announcement');
    const ended = call.untilEnded().then(({ status }) => status);
    expect(['announcement', 486]).toContain(await Promise.race([heard.catch(() => 'nothing'), ended]));
  });

  it.each([
    ['a foreign country', '004420794600'],
    ['a premium number', '09005123456'],
    ['a foreign country in international writing', '+4420794600'],
  ])('to %s is refused before it reaches the trunk', async (_, number) => {
    const trunk = await provider(house);
    const phone = await deskPhone(house, town.mira.name);
    const call = await phone.call(number);
    const heard = call.rtp.ear.untilHearsSomething().then(() => 'announcement');
    const ended = call.untilEnded(20_000).then(({ status }) => status);
    expect(['announcement', 403]).toContain(await Promise.race([heard.catch(() => 'nothing'), ended]));
    expect(trunk.inbox.total).toBe(0);
  });
});

describe('inside the house', () => {
  it('colleagues call each other by extension', async () => {
    const mira = await deskPhone(house, town.mira.name);
    const pia = await deskPhone(house, town.pia.name, { says: () => sineSource(tones.colleague) });
    const call = await mira.call(town.pia.extension);
    const ringing = await pia.untilCalled();
    expect(numberIn(ringing.invite!, 'From')).toBe(town.mira.extension);
    ringing.answer();
    await call.untilAnswered();
    await Promise.all([call.rtp.untilHears(tones.colleague), ringing.rtp.untilHears(tones.desk)]);
    call.hangUp();
    await ringing.untilEnded();
  });

  it('all devices of a person ring; the first to answer wins, the others are told so', async () => {
    const office = await deskPhone(house, town.pia.name);
    const home = await deskPhone(house, town.pia.name, { says: () => sineSource(tones.colleague) });
    const mira = await deskPhone(house, town.mira.name);
    const call = await mira.call(town.pia.extension);
    const [atOffice, atHome] = await Promise.all([office.untilCalled(), home.untilCalled()]);
    atHome.answer();
    await call.untilAnswered();
    const lost = await atOffice.untilEnded();
    expect(lost.cause).toBe('cancelled');
    expect(lost.reasons).toContainEqual(expect.objectContaining({ protocol: 'SIP', cause: 200 }));
    await call.rtp.untilHears(tones.colleague);
    call.hangUp();
    await atHome.untilEnded();
  });
});

describe('a trunk', () => {
  it('can never dial out', async () => {
    const trunk = await provider(house);
    const call = await trunk.call('+493023125001', { from: citizenNumber(40) });
    // Told that the number is not in service, by voice or by status.
    expect(await call.untilEnded(20_000)).toMatchObject({ by: 'remote' });
    expect(trunk.inbox.total).toBe(0);
  });
});
