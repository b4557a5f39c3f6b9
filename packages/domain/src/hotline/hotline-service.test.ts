import { describe, expect, it } from 'vitest';
import { MemoryAgentLogins, SampleHouse, sampleHotline, sampleTown } from '../testing/index.ts';

describe('HotlineService', () => {
  it('lets members log in, nobody else, and says it once', () => {
    const house = new SampleHouse();
    expect(house.hotlines.setLogin('dora', 'service', true)).toBe(false);
    expect(house.hotlines.setLogin('anna', 'unknown', true)).toBe(false);
    expect(house.hotlines.setLogin('anna', 'service', true)).toBe(true);
    expect(house.hotlines.setLogin('anna', 'service', true)).toBe(true);
    house.hotlines.setPaused('anna', true);
    house.hotlines.setPaused('anna', true);
    expect(house.log.kinds()).toEqual(['agent-logged-in', 'agent-paused']);
    expect(house.hotlines.finishWrapUp('anna')).toBe(false);
  });

  it('agents stay logged in and paused over a restart', async () => {
    const before = new SampleHouse();
    before.logIn('service', 'anna', 'ben');
    before.hotlines.setLogin('ben', 'service', false);
    before.hotlines.setPaused('anna', true);
    await before.hotlines.close();
    const after = new SampleHouse({ logins: before.logins });
    await after.hotlines.restore();
    expect(after.hotlines.myHotlines('anna')).toEqual({
      ...{ personId: 'anna', paused: true, hotlines: [{ hotlineId: 'service', loggedIn: true, waiting: 0 }] },
    });
    expect(after.hotlines.myHotlines('ben').hotlines.map(({ loggedIn }) => loggedIn)).toEqual([false, false]);
    expect(after.log.events).toEqual([]);
  });

  it('an absent store is asked again with the newest state; nothing waits for it', async () => {
    const logins = new MemoryAgentLogins();
    logins.isAway = true;
    const house = new SampleHouse({ logins });
    house.logIn('service', 'anna', 'ben');
    house.hotlines.setLogin('anna', 'service', false);
    expect(house.hotlines.myHotlines('ben').hotlines[0]?.loggedIn).toBe(true);
    await Promise.resolve();
    logins.isAway = false;
    for (let tries = 0; tries < 20; tries++) {
      house.clock.advance(1_000);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    await house.hotlines.close();
    const { logins: stored } = await logins.loadAll();
    expect(stored.map(({ personId, loggedIn }) => [personId, loggedIn]).sort()).toEqual([
      ['anna', false],
      ['ben', true],
    ]);
  });

  it('tells whose screen has changed, and the board', () => {
    const house = new SampleHouse();
    const people = new Set<string>();
    let boards = 0;
    house.hotlines.onMyHotlines((_tenantId, personId) => people.add(personId));
    house.hotlines.onBoard(() => boards++);
    house.logIn('service', 'anna');
    house.citizenQueues();
    expect([...people].sort()).toEqual(['anna', 'ben', 'cem']);
    expect(boards).toBeGreaterThan(0);
    expect(house.hotlines.myHotlines('cem').hotlines[0]?.longestSince).toBe(house.clock.now());
  });

  it('counts ready, on a call, not ready; waits by the wall clock', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna', 'ben', 'cem');
    house.hotlines.setPaused('cem', true);
    house.citizenQueues();
    house.control.pickUp(house.control.ringingAt('anna'));
    const since = house.clock.now();
    house.citizenQueues();
    const [service] = house.hotlines.boardOf('town');
    expect(service).toMatchObject({
      agents: { ready: 1, onCall: 1, notReady: 1 },
      waiting: [{ since, ringing: true }],
    });
    expect(house.hotlines.boardOf('elsewhere')).toEqual([]);
  });

  it('takes a changed hotline at once', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna');
    const hotlines = [sampleHotline('service', ['anna'], { openingHours: { intervals: [], closures: [] } })];
    house.directory.replace(sampleTown({ hotlines }));
    expect(house.hotlines.isOpen('service')).toBe(false);
    expect(house.hotlines.refusalOf('service')).toBe('closed');
    expect(house.hotlines.refusalOf('permits')).toBe('closed');
  });
});
