import { describe, expect, it } from 'vitest';
import { SampleHouse, townWhere } from '../testing/index.ts';

const phoneOf = (house: SampleHouse, personId: string) =>
  house.directory.byTenant('town')!.people.find(({ id }) => id === personId)!.phone;

describe('what people set for their own line', () => {
  it('by code: in effect at once, said aloud, stored behind', async () => {
    const house = new SampleHouse();
    for (const [dialled, says] of [
      ['*26#', 'feature-on'],
      ['*21*01715555555#', 'feature-on'],
      ['*61*121#', 'feature-on'],
      ['#26#', 'feature-off'],
      ['#21#', 'feature-off'],
    ] as const) {
      const leg = house.phoneDials('dora', dialled);
      expect(house.control.heard(leg), dialled).toEqual([says]);
      house.control.playedOut(leg);
    }
    expect(phoneOf(house, 'dora')).toMatchObject({ doNotDisturb: false, forwarding: { always: '', noAnswer: '121' } });
    await house.writer.close();
    expect(house.saved).toMatchObject([{ id: 'dora', phone: { forwarding: { noAnswer: '121' } } }]);
    expect(house.log.events).toEqual([]);
    expect(house.presence.presenceOf('dora')).toBe('free');
  });

  it.each([
    ['0044 20 7946 0000', 'not-permitted'],
    ['0900 5 123456', 'not-permitted'],
    ['112', 'not-permitted'],
    ['999', 'not-in-service'],
    ['evil', 'not-in-service'],
    ['123', 'circle'],
  ] as const)('abuse case 8: no forwarding to %s (%s)', (to, flaw) => {
    const house = new SampleHouse();
    expect(house.settings.setForwarding('dora', 'always', to)).toBe(flaw);
    expect(phoneOf(house, 'dora').forwarding.always).toBe('');
    const leg = house.phoneDials('dora', `*21*${to.replaceAll(' ', '')}#`);
    if (to !== 'evil') expect(house.control.heard(leg)).toEqual(['feature-refused']);
  });

  it('a circle of several is seen when it is closed', () => {
    const house = new SampleHouse({ town: townWhere('ben', { forwarding: { always: '1222' } }) });
    expect(house.settings.setForwarding('cem', 'always', '123')).toBeUndefined();
    expect(house.settings.setForwarding('dora', 'always', '121')).toBe('circle');
    expect(house.settings.setForwarding('dora', 'always', '120')).toBeUndefined();
  });

  it('seconds stay between 5 and 60; somebody unknown changes nothing', () => {
    const house = new SampleHouse();
    house.settings.setForwardingSeconds('dora', 1);
    expect(phoneOf(house, 'dora').forwarding.noAnswerSeconds).toBe(5);
    house.settings.setForwardingSeconds('dora', 1_000);
    expect(phoneOf(house, 'dora').forwarding.noAnswerSeconds).toBe(60);
    house.settings.setDoNotDisturb('nobody', true);
    expect(house.settings.setForwarding('nobody', 'always', '123')).toBe('not-permitted');
  });
});
