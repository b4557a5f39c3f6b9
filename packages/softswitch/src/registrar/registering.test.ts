import { headerValue, headerValues, listValues } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { TestHouse, device, town } from '../testing/index.ts';

describe('registering', () => {
  it('RFC 3261 §10.3: takes a phone with the right password and says until when', async () => {
    const house = await TestHouse.open();
    const phone = await house.phone('mira-desk', '10.0.1.1');
    const changes: string[] = [];
    house.softswitch.reachability.onChange((person, reachable) => changes.push(`${person} ${reachable}`));
    const response = await house.after(phone.register());
    expect(response.status).toBe(200);
    expect(listValues(response, 'Contact')).toEqual(['<sip:mira-desk@10.0.1.1:5060>;expires=600']);
    expect(house.softswitch.reachability.isRegistered('mira-desk')).toBe(true);
    await house.after(phone.register({ expires: 0 }));
    expect(changes).toEqual(['mira true', 'mira false']);
  });

  it('answers an unknown user exactly like a wrong password', async () => {
    const house = await TestHouse.open();
    const known = await house.phone('mira-desk', '10.0.1.1');
    const unknown = await house.phone('nobody', '10.0.1.2');
    const [wrong, stranger] = [
      await house.after(known.register({ password: 'x' })),
      await house.after(unknown.register({ password: 'x' })),
    ];
    expect(wrong.status).toBe(401);
    const shape = (response: typeof wrong) =>
      response.headers
        .filter((header) => !['Via', 'From', 'To', 'Call-ID', 'CSeq'].includes(header.name))
        .map((header) => `${header.name}: ${header.value.replace(/nonce="[^"]*"/, 'nonce')}`);
    expect(shape(stranger)).toEqual(shape(wrong));
    expect(house.softswitch.reachability.isReachable('mira')).toBe(false);
  });

  it('offers MD5 alone, which every phone knows, unless the house wants more', async () => {
    const offered = async (house: TestHouse) => {
      const phone = await house.phone('mira-desk', '10.0.1.1');
      const response = await house.after(phone.register({ password: 'x' }));
      expect((await house.after(phone.register())).status).toBe(200);
      return headerValues(response, 'WWW-Authenticate').map((value) => /algorithm=([\w-]+)/.exec(value)?.[1]);
    };
    expect(await offered(await TestHouse.open())).toEqual(['MD5']);
    const strict = await TestHouse.open({ options: { digestAlgorithms: ['SHA-256', 'MD5'] } });
    expect(await offered(strict)).toEqual(['SHA-256', 'MD5']);
  });

  it('RFC 3261 §10.3: refuses a registration for somebody else and too short ones', async () => {
    const house = await TestHouse.open();
    const phone = await house.phone('mira-desk', '10.0.1.1');
    expect((await house.after(phone.register({ to: '<sip:pia-desk@town.example>' }))).status).toBe(403);
    const brief = await house.after(phone.register({ expires: 10 }));
    expect([brief.status, headerValue(brief, 'Min-Expires')]).toEqual([423, '60']);
  });

  it('RFC 3261 §10.3: does not let an older REGISTER undo a newer one', async () => {
    const house = await TestHouse.open();
    const phone = await house.phone('mira-desk', '10.0.1.1');
    await house.after(phone.register());
    const stale = phone.userAgent.request({
      method: 'REGISTER',
      requestUri: 'sip:town.example',
      destination: phone.options.destination,
      from: '<sip:mira-desk@town.example>',
      to: '<sip:mira-desk@town.example>',
      headers: [{ name: 'Contact', value: '<sip:mira-desk@10.0.1.1:5060>;expires=0' }],
      credentials: { username: 'mira-desk', password: 'mira-desk-secret' },
      callId: 'reg-mira-desk',
      cseq: 3,
    });
    expect((await house.after(stale)).status).toBe(400);
    expect(house.softswitch.reachability.isRegistered('mira-desk')).toBe(true);
  });

  it('throttles guessing by attempt 20 and harms neither the right phone nor others at that address', async () => {
    const house = await TestHouse.open();
    const right = await house.phone('mira-desk', '10.0.1.1', 5060);
    const other = await house.phone('pia-desk', '10.0.1.1', 5070);
    const attacker = await house.phone('mira-desk', '10.0.1.1', 6000);
    await house.after(right.register());
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 25; attempt++) {
      statuses.push((await house.after(attacker.register({ password: `guess-${attempt}` }))).status);
    }
    expect(statuses.slice(19)).not.toContain(401);
    expect((await house.after(attacker.register())).status).toBe(503);
    expect((await house.after(right.register())).status).toBe(200);
    expect((await house.after(other.register())).status).toBe(200);
  });

  it('drops a device that an administrator deletes or gives a new password', async () => {
    const house = await TestHouse.open();
    for (const [user, host] of [
      ['mira-desk', '10.0.1.1'],
      ['pia-desk', '10.0.1.2'],
    ] as const) {
      const phone = await house.phone(user, host);
      await house.after(phone.register());
    }
    const changed = { ...device('pia-desk', 'pia'), ha1: { md5: 'new', sha256: 'new' } };
    house.directory.replace({
      devices: [changed, ...town.devices.filter((one) => one.personId !== 'pia' && one.id !== 'mira-desk')],
    });
    expect(house.softswitch.reachability.isReachable('mira')).toBe(false);
    expect(house.softswitch.reachability.isReachable('pia')).toBe(false);
  });
});

describe('after a restart', () => {
  it('a UDP phone is reachable before its next REGISTER; a deleted one is not', async () => {
    const before = await TestHouse.open();
    const phone = await before.phone('mira-desk', '10.0.1.1');
    const deleted = await before.phone('pia-desk', '10.0.1.2');
    await before.after(phone.register());
    await before.after(deleted.register());
    const closing = before.softswitch.close();
    await before.run(1_000);
    await closing;
    const house = new TestHouse({ before });
    house.directory.replace({ devices: town.devices.filter((one) => one.id !== 'pia-desk') });
    await house.softswitch.start();
    expect(house.softswitch.reachability.isReachable('pia')).toBe(false);
    house.calls.dial(
      'out',
      { kind: 'person', personId: 'mira' },
      { caller: {}, ringMilliseconds: 30_000, callId: 'c' },
    );
    await house.run();
    phone.answer();
    await house.run();
    expect(house.told('out')).toEqual(['answered']);
  });
});

describe('browser credentials', () => {
  it('register over WebSocket and live as long as the session', async () => {
    const house = await TestHouse.open();
    const { phone } = await house.browser('mira', 'session-1');
    expect((await house.after(phone.register())).status).toBe(200);
    expect(house.softswitch.reachability.isReachable('mira')).toBe(true);
    expect(house.store.rows.size).toBe(0);
    house.softswitch.browserCredentials.revokeSession('session-1');
    expect(house.softswitch.reachability.isReachable('mira')).toBe(false);
  });

  it('stop working when the session gets a new one, and on logout', async () => {
    const house = await TestHouse.open();
    const first = await house.browser('mira', 'session-1');
    const second = await house.browser('mira', 'session-1');
    expect((await house.after(first.phone.register())).status).toBe(401);
    expect((await house.after(second.phone.register())).status).toBe(200);
    house.softswitch.browserCredentials.revokeSession('session-1');
    const third = await house.phone(second.phone.options.user, '10.0.1.9');
    expect((await house.after(third.register({ password: second.phone.options.password }))).status).toBe(401);
  });

  it('end ringing and calls at once when the session ends', async () => {
    const house = await TestHouse.open();
    const { phone } = await house.browser('mira', 'session-1');
    await house.after(phone.register());
    house.calls.dial(
      'out',
      { kind: 'person', personId: 'mira' },
      { caller: {}, ringMilliseconds: 30_000, callId: 'c' },
    );
    await house.run();
    phone.answer();
    await house.run();
    house.softswitch.browserCredentials.revokeSession('session-1');
    await house.run();
    expect(house.told('out')).toEqual(['answered', 'ended local interrupted']);
    expect(await house.engine.list()).toEqual([]);
  });
});
