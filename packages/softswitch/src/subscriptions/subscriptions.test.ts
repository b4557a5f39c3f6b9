import { headerValue } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { TestHouse, TestLamps, town, WatchingPhone } from '../testing/index.ts';

async function watching(): Promise<{ house: TestHouse; lamps: TestLamps; phone: WatchingPhone }> {
  const house = await TestHouse.open();
  const lamps = new TestLamps();
  house.softswitch.show(lamps);
  const desk = await house.phone('pia-desk', '10.0.1.2');
  return { house, lamps, phone: new WatchingPhone(house, desk, '10.0.1.2') };
}

describe('a lamp on a desk phone', () => {
  it('RFC 6665 §4.2.1.2: is told at once, then with every change', async () => {
    const { house, lamps, phone } = await watching();
    lamps.light('pia', '120', 'free');
    const answer = await phone.subscribe('dialog', '120', { expires: 600 });
    expect([answer.status, headerValue(answer, 'Expires')]).toEqual([200, '600']);
    await house.run(1_000);
    lamps.light('pia', '120', 'ringing');
    await house.run(1_000);
    lamps.light('pia', '120', 'busy');
    await house.run(1_000);
    lamps.light('pia', '120', 'busy');
    await house.run(1_000);
    expect(phone.words).toEqual(['terminated', 'early', 'confirmed']);
    expect(phone.states.at(-1)).toBe('active;expires');
    expect(headerValue(phone.notified[0]!, 'Content-Type')).toBe('application/dialog-info+xml');
    expect(headerValue(phone.notified[0]!, 'Event')).toBe('dialog');
  });

  it('is told twice a second at most, and then the latest state', async () => {
    const { house, lamps, phone } = await watching();
    await phone.subscribe('dialog', '120');
    await house.run(2_000);
    const before = phone.notified.length;
    for (let change = 0; change < 40; change++) {
      lamps.light('pia', '120', change % 2 ? 'free' : 'busy');
      await house.run(50);
    }
    lamps.light('pia', '120', 'busy');
    await house.run(2_000);
    expect(phone.notified.length - before).toBeLessThanOrEqual(5);
    expect(phone.words.at(-1)).toBe('confirmed');
  });

  it('shows nobody who is unknown or not to be watched, and both look like somebody free', async () => {
    const { house, lamps, phone } = await watching();
    lamps.light('pia', '120', 'free');
    lamps.light('mira', '122', 'busy');
    for (const watched of ['120', '122', '999']) await phone.subscribe('dialog', watched);
    await house.run(100);
    const [free, ...others] = phone.bodies.map((body) => body.replace(/entity="[^"]*"/, ''));
    expect(others).toEqual([free, free]);
  });

  it('RFC 6665 §4.4.3: asked with Expires 0, it tells once', async () => {
    const { house, lamps, phone } = await watching();
    lamps.light('pia', '120', 'busy');
    await phone.subscribe('dialog', '120', { expires: 0 });
    lamps.light('pia', '120', 'free');
    await house.run(2_000);
    expect(phone.words).toEqual(['confirmed']);
    expect(phone.states).toEqual(['terminated;reason=timeout']);
  });

  it('RFC 6665 §4.2.1.4: is refreshed with the full state, and signed off', async () => {
    const { house, lamps, phone } = await watching();
    lamps.light('pia', '120', 'busy');
    const within = await phone.subscribe('dialog', '120', { expires: 100 });
    await house.run(90_000);
    expect((await phone.subscribe('dialog', '120', { expires: 100, within })).status).toBe(200);
    await house.run(60_000);
    expect((await phone.subscribe('dialog', '120', { expires: 0, within })).status).toBe(200);
    await house.run(200);
    expect(phone.words).toEqual(['confirmed', 'confirmed', 'confirmed']);
    expect(phone.states.at(-1)).toBe('terminated;reason=timeout');
    expect(house.softswitch.load.subscriptions).toBe(0);
  });

  it('goes with its phone: a deleted device watches nobody', async () => {
    const { house, lamps, phone } = await watching();
    await phone.subscribe('dialog', '120');
    house.directory.replace({ devices: town.devices.filter(({ id }) => id !== 'pia-desk') });
    lamps.light('pia', '120', 'busy');
    await house.run(2_000);
    expect(phone.states.at(-1)).toBe('terminated;reason=deactivated');
    expect(phone.words.filter((word) => word === 'confirmed')).toEqual([]);
    expect(house.softswitch.load.subscriptions).toBe(0);
  });

  it('of a phone that somebody else has logged in on is subscribed to anew, with their eyes', async () => {
    const { house, phone } = await watching();
    await phone.subscribe('dialog', '120');
    const devices = town.devices.map((one) => (one.id === 'pia-desk' ? { ...one, guestPersonId: 'mira' } : one));
    house.directory.replace({ devices });
    await house.run(100);
    expect(phone.states.at(-1)).toBe('terminated;reason=deactivated');
  });

  it('of a phone that is gone is forgotten', async () => {
    const { house, lamps, phone } = await watching();
    await phone.subscribe('dialog', '120');
    await house.run(100);
    phone.answer = 481;
    lamps.light('pia', '120', 'busy');
    await house.run(1_000);
    expect(house.softswitch.load.subscriptions).toBe(0);
  });
});

describe('subscribing', () => {
  it('RFC 6665 §4.2.1.1: to an unknown package gets 489 with Allow-Events', async () => {
    const { phone } = await watching();
    const answer = await phone.subscribe('ua-profile', '120');
    expect([answer.status, headerValue(answer, 'Allow-Events')]).toEqual([489, 'dialog, message-summary, presence']);
  });

  it('RFC 6665 §4.2.1.1: for too short a time gets 423 with Min-Expires', async () => {
    const { phone } = await watching();
    const answer = await phone.subscribe('dialog', '120', { expires: 5 });
    expect([answer.status, headerValue(answer, 'Min-Expires')]).toEqual([423, '60']);
  });

  it('RFC 6665 §4.1.2.1: with no format that is offered gets 406', async () => {
    const { phone } = await watching();
    const answer = await phone.subscribe('dialog', '120', { headers: { Accept: 'text/plain' } });
    expect(answer.status).toBe(406);
  });

  it('RFC 4235 §3.6: is for those who prove themselves', async () => {
    const { house, phone } = await watching();
    const stranger = await house.phone('nobody', '10.0.1.9');
    expect((await new WatchingPhone(house, stranger, '10.0.1.9').subscribe('dialog', '120')).status).toBe(401);
    const provider = await house.provider();
    expect((await new WatchingPhone(house, provider, '10.0.5.1').subscribe('dialog', '120')).status).toBe(403);
    expect(phone.notified).toEqual([]);
  });

  it('ends at 200 lamps per phone', async () => {
    const { phone } = await watching();
    let last = 0;
    for (let key = 0; key <= 200; key++) last = (await phone.subscribe('dialog', String(key))).status;
    expect(last).toBe(503);
  });
});

describe('the message light', () => {
  it('tells of the own box alone, whichever is asked for', async () => {
    const { house, lamps, phone } = await watching();
    lamps.count('mira', 5, 0);
    await phone.subscribe('message-summary', 'mira-desk');
    await house.run(1_000);
    lamps.count('pia', 1, 0);
    await house.run(1_000);
    expect(phone.bodies.map((body) => /Voice-Message: (\S+)/.exec(body)?.[1])).toEqual(['0/0', '1/0']);
  });
});
