import { describe, expect, it } from 'vitest';
import { SampleHouse } from '../testing/index.ts';
import { serviceLevelPercent } from './figures.ts';
import { hotlineFigures } from './hotline-figures.ts';

describe('hotlineFigures', () => {
  it('counts one of each kind from the events of real calls', () => {
    const house = new SampleHouse();
    house.citizenCalls('+496205210');
    house.logIn('service', 'anna');
    const answer = (wait: number) => {
      const citizen = house.citizenQueues();
      house.clock.advance(wait);
      house.control.pickUp(house.control.ringingAt('anna'));
      house.control.hangsUp(citizen);
      house.hotlines.finishWrapUp('anna');
    };
    answer(10_000);
    house.clock.advance(1);
    const from = house.clock.now();
    answer(0);
    answer(15_000);
    house.hotlines.setPaused('anna', true);
    for (const wait of [5_000, 5_001]) {
      const citizen = house.citizenQueues();
      house.clock.advance(wait);
      house.control.hangsUp(citizen);
    }
    house.citizenQueues();
    house.clock.advance(600_000);
    house.hotlines.setLogin('anna', 'service', false);
    house.citizenCalls('+496205210');
    house.hotlines.turnAway('town', 'late', 'service', 'closed');
    const [figures, ...others] = hotlineFigures(
      ...([house.log.events, 'town', from, house.clock.now() + 1, new Map([['service', 12]])] as const),
    );
    expect(others).toEqual([]);
    expect(figures).toEqual({
      ...{ hotlineId: 'service', offered: 6, answered: 2, answeredInTime: 1, abandoned: 1, shortAbandoned: 1 },
      ...{ overflowed: 2, outsideHours: 1, waitMillisecondsOfAnswered: 15_000 },
    });
    expect(serviceLevelPercent(figures!)).toBe(20);
    expect(hotlineFigures(house.log.events, 'other', 0, Number.MAX_SAFE_INTEGER, new Map())).toEqual([]);
  });

  it('a call that still waits has no say in the service level', () => {
    const figures = {
      ...{ hotlineId: 'x', offered: 5, answered: 2, answeredInTime: 1, abandoned: 0, shortAbandoned: 0 },
      ...{ overflowed: 0, outsideHours: 0, waitMillisecondsOfAnswered: 60_000 },
    };
    expect(serviceLevelPercent(figures)).toBe(50);
  });

  it('nothing offered: no service level', () => {
    const figures = {
      ...{ hotlineId: 'x', offered: 1, answered: 0, answeredInTime: 0, abandoned: 0, shortAbandoned: 1 },
      ...{ overflowed: 0, outsideHours: 3, waitMillisecondsOfAnswered: 0 },
    };
    expect(serviceLevelPercent(figures)).toBeUndefined();
  });
});
