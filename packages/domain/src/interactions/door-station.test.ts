import { describe, expect, it } from 'vitest';
import { plainDevice, type Device } from '../directory/device.ts';
import { SampleHouse, sampleTown, townWhere } from '../testing/index.ts';

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

describe('abuse case 7: a box that nobody attends', () => {
  const devices = [
    device('door', { kind: 'door-station' }),
    device('lift', { kind: 'alarm-dialler', allowedNumbers: ['+49 (30) 12 34 56', 'nonsense'] }),
    device('new-lift', { kind: 'alarm-dialler' }),
  ];
  const anyClass = {
    diallingClasses: ['internal', 'local', 'national', 'mobile', 'international', 'premium'],
  } as const;
  const house = () => new SampleHouse({ town: townWhere('eve', anyClass, sampleTown({ devices })) });

  it('rings inside; at a door nobody calls outside, whatever its person may', () => {
    const doors = house();
    for (const dialled of ['030 123456', '*31#030 123456', '0900 5 123456', '+49 171 5555555']) {
      expect(doors.control.heard(doors.phoneDials('eve', dialled, 'door'))).toEqual(['not-permitted']);
    }
    expect(doors.control.trunkLegs()).toEqual([]);
    doors.phoneDials('eve', '123', 'door');
    expect(doors.control.ringingAt('dora')).toBeDefined();
  });

  it('a lift calls inside and the outside numbers it is set up for, however they are written', () => {
    const lifts = house();
    for (const dialled of ['030 123457', '*31#030 123457', '0900 5 123456', '+49 171 5555555']) {
      expect(lifts.control.heard(lifts.phoneDials('eve', dialled, 'lift'))).toEqual(['not-permitted']);
      expect(lifts.control.heard(lifts.phoneDials('eve', dialled, 'new-lift'))).toEqual(['not-permitted']);
    }
    expect(lifts.control.heard(lifts.phoneDials('eve', '030 123456', 'new-lift'))).toEqual(['not-permitted']);
    expect(lifts.control.trunkLegs()).toEqual([]);
    lifts.phoneDials('eve', '0049 30 123456', 'lift');
    expect(lifts.control.trunkLegs()).toHaveLength(1);
    lifts.phoneDials('eve', '123', 'new-lift');
    expect(lifts.control.ringingAt('dora')).toBeDefined();
  });

  it.each(['door', 'lift'])('%s: changes no setting, picks nothing up and logs nobody in', (box) => {
    const town = house();
    for (const dialled of ['*21*0309999999#', '*26#', '*8', '*51', '*30', '*30123456']) {
      expect(town.control.heard(town.phoneDials('eve', dialled, box))).toEqual(['number-not-in-service']);
    }
    expect(town.directory.byTenant('town')!.people.find(({ id }) => id === 'eve')!.phone).toMatchObject({
      ...{ doNotDisturb: false, forwarding: { always: '' } },
    });
  });

  it('calls for help', () => {
    // On the scripted network only.
    const town = house();
    town.phoneDials('eve', '112', 'door');
    town.phoneDials('nobody', '*31#112');
    expect(town.control.trunkLegs().map(({ target }) => target)).toMatchObject([{ number: '112' }, { number: '112' }]);
  });
});
