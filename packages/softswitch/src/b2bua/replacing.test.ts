import { callFailures } from '@amtsleitung/domain';
import type { ClientSession, Session } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { TestHouse, TestLamps, WatchingPhone } from '../testing/index.ts';
import type { PhoneCall, TestPhone } from '../testing/index.ts';

interface Office {
  readonly house: TestHouse;
  readonly lamps: TestLamps;
  readonly mira: TestPhone;
  readonly soft: TestPhone;
  readonly pia: TestPhone;
  readonly watcher: WatchingPhone;
}

async function office(): Promise<Office> {
  const house = await TestHouse.open();
  const lamps = new TestLamps();
  house.softswitch.show(lamps);
  const mira = await house.phone('mira-desk', '10.0.1.1');
  const soft = await house.phone('mira-soft', '10.0.1.3');
  const pia = await house.phone('pia-desk', '10.0.1.2');
  for (const phone of [mira, pia]) await house.after(phone.register());
  return { house, lamps, mira, soft, pia, watcher: new WatchingPhone(house, pia, '10.0.1.2') };
}

/** How a phone names one of its own calls to us: our tag is the remote one there. */
const nameOf = ({ callId, localTag, remoteTag }: Session): string =>
  `${callId};to-tag=${remoteTag};from-tag=${localTag}`;

async function answered(
  house: TestHouse,
  phone: TestPhone,
  number: string,
): Promise<{ call: PhoneCall<ClientSession>; leg: string }> {
  const call = phone.dial(number);
  await house.run();
  const { leg } = house.incoming;
  house.calls.answer(leg);
  await house.run();
  return { call, leg };
}

const refer = (call: PhoneCall<Session>, replaces: string) =>
  call.session.request('REFER', {
    headers: [{ name: 'Refer-To', value: `<sip:121@town.example?Replaces=${encodeURIComponent(replaces)}>` }],
  });

const replacing = (phone: TestPhone, replaces: string): PhoneCall<ClientSession> =>
  phone.dial('120', {
    headers: [
      { name: 'Replaces', value: replaces },
      { name: 'Require', value: 'replaces' },
    ],
  });

/** What the lamp of a ringing phone tells, as a Replaces header. */
function ringingName(watcher: WatchingPhone): string {
  const [, callId, local, remote] = /call-id="(.*?)" local-tag="(.*?)" remote-tag="(.*?)"/.exec(
    watcher.bodies.at(-1)!,
  )!;
  return `${callId};to-tag=${local};from-tag=${remote}`;
}

describe('an attended transfer', () => {
  it('RFC 5589 §7.3: joins two calls of the same phone, and tells it how that went', async () => {
    const { house, mira } = await office();
    const first = await answered(house, mira, '0171');
    const second = await answered(house, mira, '121');
    expect((await house.after(refer(first.call, nameOf(second.call.session)))).status).toBe(202);
    await house.run();
    expect(house.events.at(-1)).toEqual({
      kind: 'attended-transfer-requested',
      leg: first.leg,
      consultation: second.leg,
    });
    house.calls.hangUp(second.leg);
    house.calls.hangUp(first.leg);
    await house.run();
    expect(first.call.notified).toEqual(['SIP/2.0 100 Trying', 'SIP/2.0 200 OK']);
  });

  it('RFC 5589 §7.3: that fails leaves both calls as they were', async () => {
    const { house, mira } = await office();
    const first = await answered(house, mira, '0171');
    const second = await answered(house, mira, '121');
    await house.after(refer(first.call, nameOf(second.call.session)));
    house.calls.transferFailed(first.leg);
    await house.run();
    expect(first.call.notified.at(-1)).toBe('SIP/2.0 503 Service Unavailable');
    expect([first.call.end, second.call.end]).toEqual([undefined, undefined]);
  });

  it('RFC 3891 §3: never takes a call of somebody else, which looks like one that is not there', async () => {
    const { house, mira, pia } = await office();
    const own = await answered(house, mira, '0171');
    const foreign = await answered(house, pia, '0172');
    for (const name of [nameOf(foreign.call.session), 'nobody;to-tag=1;from-tag=2', nameOf(own.call.session)]) {
      house.events.length = 0;
      const before = own.call.notified.length;
      expect((await house.after(refer(own.call, name))).status).toBe(202);
      await house.run();
      expect(own.call.notified.slice(before)).toEqual([
        'SIP/2.0 100 Trying',
        'SIP/2.0 481 Call/Transaction Does Not Exist',
      ]);
      expect(house.events).toEqual([]);
    }
  });
});

describe('picking up by a lamp', () => {
  async function ringing(): Promise<Office> {
    const all = await office();
    const { house, lamps, watcher } = all;
    const options = { caller: {}, ringMilliseconds: 30_000, callId: 'c' };
    house.calls.dial('out', { kind: 'person', personId: 'mira' }, options);
    lamps.light('pia', '120', 'ringing');
    await watcher.subscribe('dialog', '120');
    await house.run(700);
    return all;
  }

  it('RFC 3891 §3: takes the ringing call; the phone that rang hears that it was answered elsewhere', async () => {
    const { house, mira, pia, watcher } = await ringing();
    const call = replacing(pia, ringingName(watcher));
    await house.run();
    expect(house.incoming).toMatchObject({ replaces: { leg: 'out', state: 'ringing' } });
    house.calls.answer(house.incoming.leg);
    house.calls.hangUp('out', callFailures['answered-elsewhere']);
    await house.run();
    expect(call.accepted?.status).toBe(200);
    expect(mira.call.end?.reasons).toEqual([{ protocol: 'SIP', cause: 200, text: 'Call completed elsewhere' }]);
  });

  it('is for the phone that was told, as long as it may', async () => {
    const { house, lamps, mira, pia, watcher } = await ringing();
    const name = ringingName(watcher);
    const other = replacing(mira, name);
    await house.run();
    expect(other.end).toMatchObject({ status: 481 });
    lamps.light('pia', '120', 'busy');
    const tooLate = replacing(pia, name);
    await house.run(700);
    expect(tooLate.end).toMatchObject({ status: 481 });
    expect(house.events.filter(({ kind }) => kind === 'incoming')).toEqual([]);
  });

  it('comes too late when the call is gone', async () => {
    const { house, pia, watcher } = await ringing();
    house.calls.hangUp('out');
    await house.run();
    const call = replacing(pia, ringingName(watcher));
    await house.run();
    expect(call.end).toMatchObject({ status: 481 });
  });
});

describe('an INVITE with Replaces', () => {
  it('moves a call of the own person to another phone', async () => {
    const { house, mira, soft } = await office();
    const { call, leg } = await answered(house, mira, '0171');
    replacing(soft, nameOf(call.session));
    await house.run();
    expect(house.incoming).toMatchObject({ replaces: { leg, state: 'talking' } });
  });

  it('RFC 3891 §3: of an answered call that should have been early gets 486', async () => {
    const { house, mira, soft } = await office();
    const { call } = await answered(house, mira, '0171');
    const late = replacing(soft, `${nameOf(call.session)};early-only`);
    await house.run();
    expect(late.end).toMatchObject({ status: 486 });
  });

  it('of a colleague’s call gets 403, of nobody’s 481, of a provider’s 481', async () => {
    const { house, mira, pia } = await office();
    const { call } = await answered(house, mira, '0171');
    const foreign = replacing(pia, nameOf(call.session));
    const unknown = replacing(pia, 'nobody;to-tag=1;from-tag=2');
    const provider = await house.provider();
    const outside = replacing(provider, nameOf(call.session));
    await house.run();
    expect([foreign, unknown, outside].map(({ end }) => end?.status)).toEqual([403, 481, 481]);
    expect(call.end).toBeUndefined();
  });

  it.each([
    ['no tags', 'nobody'],
    ['one tag only', 'nobody;to-tag=1'],
  ])('RFC 3891 §3: with %s gets 400', async (_what, value) => {
    const { house, pia } = await office();
    const call = replacing(pia, value);
    await house.run();
    expect(call.end).toMatchObject({ status: 400 });
  });
});
