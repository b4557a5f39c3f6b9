import type { Header } from '@amtsleitung/sip';
import { headerValue, headerValues, listValues } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { TestHouse, device, town } from '../testing/index.ts';

const proxy = '10.0.7.7';
const houseBehindProxy = (): Promise<TestHouse> => TestHouse.open({ proxies: [proxy] });

/** What a proxy adds to a REGISTER of a phone at this address. */
const passedOn = (address: string, ...more: readonly Header[]): readonly Header[] => [
  { name: 'Via', value: `SIP/2.0/UDP 192.168.1.4:5060;branch=z9hG4bK${address};received=${address};rport=31000` },
  { name: 'Path', value: `<sip:${proxy};lr;received=sip:${address}:31000>` },
  ...more,
];
const supports = (tags: string): Header => ({ name: 'Supported', value: tags });
const ring = { caller: {}, ringMilliseconds: 30_000, callId: 'c' } as const;

describe('Path', () => {
  it('RFC 3327 §5.3: is kept for a proxy of ours, told back to who speaks of it, and the Route of calls', async () => {
    const house = await houseBehindProxy();
    const phone = await house.phone('mira-desk', proxy);
    const silent = await house.after(phone.register({ headers: passedOn('203.0.113.9') }));
    expect([silent.status, headerValues(silent, 'Path')]).toEqual([200, []]);
    const answer = await house.after(phone.register({ headers: passedOn('203.0.113.9', supports('path')) }));
    expect(headerValues(answer, 'Path')).toEqual([`<sip:${proxy};lr;received=sip:203.0.113.9:31000>`]);
    house.calls.dial('out', { kind: 'person', personId: 'mira' }, ring);
    await house.run();
    expect(headerValues(phone.call.session.invite, 'Route')).toEqual([
      `<sip:${proxy};lr;received=sip:203.0.113.9:31000>`,
    ]);
  });

  it('RFC 3327 §5.4: is the Route after a restart, too', async () => {
    const before = await houseBehindProxy();
    const phone = await before.phone('mira-desk', proxy);
    await before.after(phone.register({ headers: passedOn('203.0.113.9') }));
    const closing = before.softswitch.close();
    await before.run(1_000);
    await closing;
    const house = await TestHouse.open({ before, proxies: [proxy] });
    house.calls.dial('out', { kind: 'person', personId: 'mira' }, ring);
    await house.run();
    expect(headerValue(phone.call.session.invite, 'Route')).toContain('received=sip:203.0.113.9:31000');
  });

  it('counts for nothing when a phone brings it', async () => {
    const house = await houseBehindProxy();
    const phone = await house.phone('mira-desk', '10.0.1.1');
    const answer = await house.after(phone.register({ headers: passedOn('203.0.113.9', supports('path')) }));
    expect([answer.status, headerValues(answer, 'Path')]).toEqual([200, []]);
    house.calls.dial('out', { kind: 'person', personId: 'mira' }, ring);
    await house.run();
    expect(headerValues(phone.call.session.invite, 'Route')).toEqual([]);
  });
});

describe('phones behind one proxy', () => {
  it('are not slowed down by the wrong passwords of one of them', async () => {
    const house = await houseBehindProxy();
    const attacker = await house.phone('mira-desk', proxy, 5061);
    const [mira, pia] = [await house.phone('mira-desk', proxy), await house.phone('pia-desk', proxy, 5062)];
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 22; attempt++) {
      const guess = attacker.register({ password: `guess-${attempt}`, headers: passedOn('203.0.113.66') });
      statuses.push((await house.after(guess)).status);
    }
    expect(statuses.slice(19)).not.toContain(401);
    expect((await house.after(pia.register({ headers: passedOn('203.0.113.9') }))).status).toBe(200);
    expect((await house.after(mira.register({ headers: passedOn('203.0.113.10') }))).status).toBe(200);
  });
});

describe('flows', () => {
  const flow = (host: string, regId: number): string =>
    `<sip:mira-desk@${host}:5060>;+sip.instance="<urn:uuid:00000000-0000-1000-8000-000a95a0e128>";reg-id=${regId}`;
  const outbound = { headers: [supports('path, outbound')] };

  it('RFC 5626 §6: are taken with Require, the time they may be silent and what names them', async () => {
    const house = await TestHouse.open();
    const phone = await house.phone('mira-desk', '10.0.1.1');
    const answer = await house.after(phone.register({ contact: flow('10.0.1.1', 1), ...outbound }));
    expect([headerValue(answer, 'Require'), headerValue(answer, 'Flow-Timer')]).toEqual(['outbound', '120']);
    expect(listValues(answer, 'Contact')).toEqual([
      '<sip:mira-desk@10.0.1.1:5060>;expires=600;+sip.instance="<urn:uuid:00000000-0000-1000-8000-000a95a0e128>";reg-id=1',
    ]);
  });

  it('RFC 5626 §6: registered anew take the place of the old one, whatever the contact is called', async () => {
    const house = await TestHouse.open();
    const phone = await house.phone('mira-desk', '10.0.1.1');
    await house.after(phone.register({ contact: flow('10.0.1.1', 1), ...outbound }));
    const answer = await house.after(phone.register({ contact: flow('10.0.1.99', 1), ...outbound }));
    expect(listValues(answer, 'Contact')).toHaveLength(1);
    expect([...house.store.rows.values()].map((row) => row.contact)).toEqual(['sip:mira-desk@10.0.1.99:5060']);
  });

  it('RFC 5626 §6: through a proxy that keeps no flows are refused with 439', async () => {
    const house = await houseBehindProxy();
    const phone = await house.phone('mira-desk', proxy);
    const headers = passedOn('203.0.113.9', supports('path, outbound'));
    expect((await house.after(phone.register({ contact: flow('10.0.1.1', 1), headers }))).status).toBe(439);
    const kept = headers.map(({ name, value }) => ({ name, value: value.replace(';lr', ';lr;ob') }));
    expect((await house.after(phone.register({ contact: flow('10.0.1.1', 1), headers: kept }))).status).toBe(200);
  });

  it('RFC 5626 §7: of one phone are tried one after the other, the latest first', async () => {
    const house = await TestHouse.open();
    const first = await house.phone('mira-desk', '10.0.1.1');
    const second = await house.phone('mira-desk', '10.0.1.2');
    await house.after(first.register({ contact: flow('10.0.1.1', 1), ...outbound }));
    await house.run(100);
    const later = { ...outbound, contact: flow('10.0.1.2', 2) };
    second.onCall = (call) => call.session.reject(430);
    await house.after(second.register(later));
    await house.after(second.register(later));
    house.calls.dial('out', { kind: 'person', personId: 'mira' }, ring);
    await house.run(200);
    expect([second.calls.length, first.calls.length]).toEqual([1, 1]);
    first.answer();
    await house.run();
    expect(house.told('out')).toEqual(['answered']);
  });

  it('RFC 5626 §7: are given up while it still makes sense to ring, when nothing at all is heard over one', async () => {
    const house = await TestHouse.open();
    const first = await house.phone('mira-desk', '10.0.1.1');
    const second = await house.phone('mira-desk', '10.0.1.2');
    await house.after(first.register({ contact: flow('10.0.1.1', 1), ...outbound }));
    await house.run(100);
    await house.after(second.register({ ...outbound, contact: flow('10.0.1.2', 2) }));
    house.network.filter = ({ to }) => to.host !== '10.0.1.2';
    house.calls.dial('out', { kind: 'person', personId: 'mira' }, ring);
    await house.run(4_000);
    expect([second.calls.length, first.calls.length]).toEqual([0, 1]);
    first.answer();
    await house.run();
    expect(house.told('out')).toEqual(['answered']);
  });

  it('are contacts of their own for a phone that does not speak of outbound', async () => {
    const house = await TestHouse.open();
    const phone = await house.phone('mira-desk', '10.0.1.1');
    const answer = await house.after(phone.register({ contact: flow('10.0.1.1', 1) }));
    expect([answer.status, headerValue(answer, 'Require')]).toEqual([200, undefined]);
  });
});

describe('settings of a device', () => {
  const settings = { ...device('mira-desk', 'mira').settings, digest: 'sha-256', largeOverTcp: false } as const;

  it('RFC 8760 §2.3: decide what it is challenged with, the best first', async () => {
    const house = await TestHouse.open();
    house.directory.replace({
      devices: town.devices.map((one) => (one.id === 'mira-desk' ? { ...one, settings } : one)),
    });
    const phone = await house.phone('mira-desk', '10.0.1.1');
    const challenge = await house.after(phone.register({ password: 'x' }));
    const offered = headerValues(challenge, 'WWW-Authenticate').map((value) => /algorithm=([\w-]+)/.exec(value)?.[1]);
    expect(offered).toEqual(['SHA-256', 'MD5']);
    expect((await house.after(phone.register())).status).toBe(200);
  });
});
