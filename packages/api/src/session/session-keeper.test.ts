import { VirtualClock, seededRandom } from '@amtsleitung/base/testing';
import type { Session } from '@amtsleitung/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { MemorySessions } from '../testing/memory-stores.ts';
import { SessionKeeper } from './session-keeper.ts';

let clock: VirtualClock;
let store: MemorySessions;
let ended: Session[];
let keeper: SessionKeeper;
beforeEach(() => {
  clock = new VirtualClock();
  store = new MemorySessions();
  ended = [];
  keeper = new SessionKeeper({
    store,
    clock,
    timers: clock,
    random: seededRandom(3),
    onEnd: (session) => ended.push(session),
  });
});

describe('SessionKeeper', () => {
  it('ends what has run out within a minute, without being asked', async () => {
    keeper.start();
    const { session } = await keeper.open('t', 'mira');
    clock.advance(4 * 3_600_000);
    expect(ended).toEqual([]);
    clock.advance(60_000);
    expect(ended).toEqual([session]);
    keeper.close();
    expect(clock.pendingTimers).toBe(0);
  });

  it('knows a session of before a restart', async () => {
    const { token, session } = await keeper.open('t', 'mira');
    const restarted = new SessionKeeper({ store, clock, timers: clock, random: seededRandom(4), onEnd: () => {} });
    expect(await restarted.find(token)).toEqual(session);
  });

  it('does not bring back a session that ended while the store was asked for it', async () => {
    const { token, session } = await keeper.open('t', 'mira');
    const other = new SessionKeeper({ store, clock, timers: clock, random: seededRandom(4), onEnd: () => {} });
    const asking = other.find(token);
    other.end(session);
    expect(await asking).toBeUndefined();
  });

  it('ends all sessions of a person, known here or not, but not the next one', async () => {
    const unknown = await new SessionKeeper({
      store,
      clock,
      timers: clock,
      random: seededRandom(5),
      onEnd: () => {},
    }).open('t', 'mira');
    const known = await keeper.open('t', 'mira');
    store.deleteOfPerson = async () => {
      throw new Error('away');
    };
    await keeper.endAllOf('mira');
    const next = await keeper.open('t', 'mira');
    expect(await keeper.find(unknown.token)).toBeUndefined();
    expect(await keeper.find(known.token)).toBeUndefined();
    expect(await keeper.find(next.token)).toEqual(next.session);
    expect(ended).toEqual([known.session]);
  });

  it('keeps 10,000 sessions in memory and finds the others in the store', async () => {
    const first = await keeper.open('t', 'p-0');
    for (let person = 1; person <= 10_000; person++) await keeper.open('t', `p-${person}`);
    const asked: string[] = [];
    const find = store.findByTokenHash;
    store.findByTokenHash = (hash) => {
      asked.push(hash);
      return find(hash);
    };
    expect(await keeper.find(first.token)).toEqual(first.session);
    expect(await keeper.find(first.token)).toEqual(first.session);
    expect(asked).toHaveLength(1);
  });
});
