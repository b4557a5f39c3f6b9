import { describe, expect, it } from 'vitest';
import { TestHouse, town } from '../testing/index.ts';

const withGuest = (guestPersonId: string | undefined) =>
  town.devices.map((one) => (one.id === 'pia-desk' && guestPersonId !== undefined ? { ...one, guestPersonId } : one));

async function piasPhone() {
  const house = await TestHouse.open();
  const desk = await house.phone('pia-desk', '10.0.1.2');
  await house.after(desk.register());
  return { house, desk };
}

describe('a phone that somebody else logs in on', () => {
  it('rings for them at once and no longer for its owner, without registering anew', async () => {
    const { house, desk } = await piasPhone();
    house.directory.replace({ devices: withGuest('mira') });
    await house.run();
    const { reachability } = house.softswitch;
    expect([reachability.isReachable('mira'), reachability.isReachable('pia')]).toEqual([true, false]);
    expect([...house.store.rows.values()].map(({ personId }) => personId)).toEqual(['mira']);
    const target = { kind: 'person', personId: 'mira' } as const;
    house.calls.dial('out', target, { caller: {}, ringMilliseconds: 9_000, callId: 'c' });
    await house.run();
    expect(desk.calls).toHaveLength(1);
  });

  it('speaks for them, and for its owner again after the logout', async () => {
    const { house, desk } = await piasPhone();
    for (const [guest, expected] of [
      ['mira', 'mira'],
      [undefined, 'pia'],
    ] as const) {
      house.directory.replace({ devices: withGuest(guest) });
      const call = desk.dial('0171');
      await house.run();
      expect(house.incoming.origin).toMatchObject({ kind: 'device', personId: expected, deviceId: 'pia-desk' });
      call.session.cancel();
      await house.run();
    }
  });

  it('keeps the call that runs on it', async () => {
    const { house, desk } = await piasPhone();
    const call = desk.dial('120');
    await house.run();
    house.calls.answer(house.incoming.leg);
    await house.run();
    house.directory.replace({ devices: withGuest('mira') });
    await house.run(1_000);
    expect(call.end).toBeUndefined();
  });
});
