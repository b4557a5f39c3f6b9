import { afterAll, beforeAll, it } from 'vitest';
import { freezeDatabase } from './harness/database-processes.ts';
import { House } from './harness/house.ts';
import { goThroughAnOutage } from './harness/through-an-outage.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'database-away-long' });
});
afterAll(() => house.tearDown());

it('the database hangs for a minute: calls go on, facts arrive once', async () => {
  let thaw = (): void => {};
  await goThroughAnOutage(house, {
    begin: () => (thaw = freezeDatabase(house)),
    end: () => thaw(),
    milliseconds: 60_000,
  });
});
