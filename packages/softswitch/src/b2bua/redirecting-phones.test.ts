import { sdpBody } from '@amtsleitung/sip';
import type { Header } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { audio, TestHouse } from '../testing/index.ts';
import type { TestPhone } from '../testing/index.ts';

async function ringing(): Promise<{ house: TestHouse; desk: TestPhone; soft: TestPhone }> {
  const house = await TestHouse.open();
  const desk = await house.phone('mira-desk', '10.0.1.1');
  const soft = await house.phone('mira-soft', '10.0.1.2');
  for (const phone of [desk, soft]) await house.after(phone.register());
  house.calls.dial('out', { kind: 'person', personId: 'mira' }, { caller: {}, ringMilliseconds: 20_000, callId: 'c' });
  await house.run();
  return { house, desk, soft };
}

const contacts = (...values: readonly string[]): { readonly headers: readonly Header[] } => ({
  headers: values.map((value) => ({ name: 'Contact', value })),
});

const sendsElsewhere = (phone: TestPhone, ...values: readonly string[]): void =>
  phone.call.session.reject(302, contacts(...values));

const failed = (house: TestHouse) => house.events.find((event) => event.kind === 'failed');

describe('a phone that sends its calls elsewhere', () => {
  it('RFC 3261 §8.1.3.4: names the best of its contacts, and the house dials nothing by itself', async () => {
    const { house, desk, soft } = await ringing();
    const before = house.network.sent.length;
    soft.call.session.reject(486);
    sendsElsewhere(desk, '<sip:121@town.example>;q=0.3', '<sip:+491713920001@10.0.1.1;user=phone>;q=0.9');
    await house.run(1_000);
    expect(failed(house)).toMatchObject({ redirectTo: '+491713920001' });
    const sent = house.network.sent.slice(before).map(({ message }) => message);
    expect(sent.filter((message) => message.kind === 'request' && message.method === 'INVITE')).toEqual([]);
  });

  it('is heard when nobody else answers, not before', async () => {
    const { house, desk, soft } = await ringing();
    sendsElsewhere(desk, '<sip:121@town.example>');
    await house.run(5_000);
    expect(house.told('out')).toEqual([]);
    soft.call.session.accept(sdpBody(audio()));
    await house.run();
    expect(house.told('out')).toEqual(['answered']);
  });

  it('is heard when the others have rung in vain', async () => {
    const { house, desk, soft } = await ringing();
    soft.call.session.provisional(180);
    sendsElsewhere(desk, '<tel:121>');
    await house.run(21_000);
    expect(failed(house)).toMatchObject({ failure: { kind: 'no-answer' }, redirectTo: '121' });
  });

  it('is not heard when the person has declined at another phone', async () => {
    const { house, desk, soft } = await ringing();
    sendsElsewhere(desk, '<sip:121@town.example>');
    await house.run();
    soft.call.session.reject(603);
    await house.run();
    expect(failed(house)).toMatchObject({ failure: { kind: 'declined' } });
    expect(failed(house)).not.toHaveProperty('redirectTo');
  });

  it.each([
    ['no contact', []],
    ['a contact without a user', ['<sip:town.example>']],
    ['another kind of address', ['<mailto:mira@town.example>']],
  ])('with %s just declines', async (_what, values) => {
    const { house, desk, soft } = await ringing();
    soft.call.session.reject(486);
    sendsElsewhere(desk, ...values);
    await house.run();
    expect(failed(house)).toMatchObject({ failure: { kind: 'declined' } });
    expect(failed(house)).not.toHaveProperty('redirectTo');
  });
});
