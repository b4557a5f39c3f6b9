import { describe, expect, it } from 'vitest';
import { plainDevice, type Device } from '../directory/device.ts';
import { SampleHouse, sampleTown } from '../testing/index.ts';

const device = (id: string, settings: Partial<Device['settings']>): Device => ({
  ...{ id, tenantId: 'town', personId: 'eve', siteId: 'townhall', label: id, sipUser: id },
  ...{ ha1: { md5: '', sha256: '' }, settings: { ...plainDevice, ...settings } },
});

describe('a door station calls', () => {
  const devices = [device('door', { kind: 'door-station', doorDigits: '*9#' }), device('phone', { doorDigits: '1' })];

  it('whoever answers opens the door from the screen, or types the digits on the phone', () => {
    const house = new SampleHouse({ town: sampleTown({ devices }) });
    const door = house.phoneDials('eve', '123', 'door');
    const callId = house.callOf('dora');
    expect(house.director.openDoor('dora', callId)).toEqual({ ok: false, failure: 'wrong-state' });
    const dora = house.control.ringingAt('dora');
    house.control.pickUp(dora);
    expect(house.director.phoneState('dora').calls).toMatchObject([{ opensDoor: true }]);
    expect(house.director.openDoor('dora', callId)).toEqual({ ok: true, callId });
    expect(house.control.leg(door).digits).toBe('*9#');
    house.control.fire({ kind: 'digit', leg: dora, digit: '5' });
    expect(house.control.leg(door).digits).toBe('*9#5');
    for (const personId of ['anna', 'eve']) {
      expect(house.director.openDoor(personId, callId)).toMatchObject({ ok: false });
    }
    expect(house.control.leg(door).digits).toBe('*9#5');
  });

  it('no other phone has a door', () => {
    const house = new SampleHouse({ town: sampleTown({ devices }) });
    house.phoneDials('eve', '123', 'phone');
    house.control.pickUp(house.control.ringingAt('dora'));
    expect(house.director.phoneState('dora').calls[0]).not.toHaveProperty('opensDoor');
    expect(house.director.openDoor('dora', house.callOf('dora'))).toEqual({ ok: false, failure: 'wrong-state' });
  });
});
