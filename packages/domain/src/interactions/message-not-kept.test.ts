import { expect, it } from 'vitest';
import { SampleHouse } from '../testing/index.ts';

it('a message that the disk does not take ends with an apology, and nobody finds an empty one', () => {
  const house = new SampleHouse();
  const citizen = house.citizenCalls('+496205210');
  house.control.playedOut(citizen);
  house.control.recorded(citizen, 0, '');
  expect(house.control.heard(citizen)).toEqual(['interrupted-apology']);
  house.control.playedOut(citizen);
  expect(house.control.leg(citizen).gone).toBe(true);
  expect(house.log.ofKind('message-recorded')).toEqual([]);
  expect(house.log.ofKind('call-ended')[0]).toMatchObject({ outcome: 'failed', by: 'system' });
});
