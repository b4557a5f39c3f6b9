import { plainDevice } from '@amtsleitung/domain';
import type { DeviceSettings } from '@amtsleitung/domain';
import { describe, expect, it } from 'vitest';
import { audio, fax, TestHouse, town } from '../testing/index.ts';
import type { TestPhone } from '../testing/index.ts';

/** Pia's device is of another kind; it is registered. */
async function houseWith(settings: Partial<DeviceSettings>): Promise<{ house: TestHouse; box: TestPhone }> {
  const house = await TestHouse.open();
  const devices = town.devices.map((one) =>
    one.id === 'pia-desk' ? { ...one, settings: { ...plainDevice, ...settings } } : one,
  );
  house.directory.replace({ devices });
  const box = await house.phone('pia-desk', '10.0.1.2');
  await house.after(box.register());
  return { house, box };
}

/** It has dialled, and somebody has answered. */
async function talking(settings: Partial<DeviceSettings>) {
  const { house, box } = await houseWith(settings);
  const call = box.dial('120');
  await house.run();
  const { leg } = house.incoming;
  house.calls.answer(leg);
  await house.run();
  house.events.length = 0;
  return { house, call, leg };
}

const options = { caller: {}, ringMilliseconds: 30_000, callId: 'c' } as const;
const pia = { kind: 'person', personId: 'pia' } as const;

describe.each(['door-station', 'alarm-dialler'] as const)('a %s', (kind) => {
  it('holds nobody and transfers nobody, whatever it sends', async () => {
    const { house, call } = await talking({ kind });
    expect(await house.after(call.reoffer(audio('inactive')))).toMatchObject({ accepted: true });
    const refer = call.session.request('REFER', { headers: [{ name: 'Refer-To', value: '<sip:0171@town.example>' }] });
    expect((await house.after(refer)).status).toBe(603);
    expect(house.events).toEqual([]);
  });
});

describe('a door station', () => {
  it('RFC 4733 §3.2: is opened by digits in its sound, from whoever answers', async () => {
    const { house, leg } = await talking({ kind: 'door-station', doorDigits: '*9' });
    house.calls.sendDigits(leg, '*9');
    await house.run();
    expect(house.engine.legs.get(leg)?.sentDigits).toBe('*9');
  });

  it('rings like any phone when it is called', async () => {
    const { house, box } = await houseWith({ kind: 'door-station' });
    house.calls.dial('out', pia, options);
    await house.run();
    expect(box.calls).toHaveLength(1);
  });
});

describe('an alarm dialler', () => {
  it('never rings: its person is unreachable there', async () => {
    const { house, box } = await houseWith({ kind: 'alarm-dialler' });
    house.calls.dial('out', pia, options);
    await house.run();
    expect(house.told('out')).toEqual(['failed unreachable']);
    expect(box.calls).toEqual([]);
  });

  it('calls all the same', async () => {
    const { house, box } = await houseWith({ kind: 'alarm-dialler' });
    box.dial('120');
    await house.run();
    expect(house.incoming).toMatchObject({ dialled: '120', origin: { personId: 'pia', deviceId: 'pia-desk' } });
  });
});

describe('an analogue adapter', () => {
  it('sends its fax as sound: T.38 is refused, and the call goes on', async () => {
    const { house, call } = await talking({ kind: 'analogue-adapter' });
    expect(await house.after(call.reoffer(fax))).toMatchObject({ accepted: false, status: 488 });
    expect(call.end).toBeUndefined();
  });
});
