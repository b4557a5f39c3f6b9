import { VirtualClock } from '@amtsleitung/base/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DirectoryHolder } from '../directory/directory-holder.ts';
import { plainTownSettings, type TownSettings } from '../directory/town-settings.ts';
import { staticTrunkSettings, type TrunkGuard } from '../directory/trunk-settings.ts';
import { sampleTown } from '../testing/index.ts';
import { CallGuard, type LimitReached } from './call-guard.ts';

interface Limits {
  readonly settings?: Partial<TownSettings>;
  readonly guard?: Partial<TrunkGuard>;
  readonly capacity?: number;
  readonly clock?: VirtualClock;
}

/** Rome costs 10 cents a minute; nothing else limits. */
function guardWith({ settings, guard, capacity = 1_000, clock = new VirtualClock() }: Limits) {
  const town = sampleTown();
  const [line] = town.trunks;
  const wide = { concurrentPerPerson: 1_000, callsPerMinute: 1_000, dailyCentsPerPerson: 0 };
  const trunkGuard = { callsPerMinute: 0, dailyCents: 0, centsPerMinute: { international: 10 }, ...guard };
  const trunk = { ...line!, outgoingCapacity: capacity, settings: { ...staticTrunkSettings, guard: trunkGuard } };
  const directory = new DirectoryHolder();
  directory.replace({
    ...{ ...town, trunks: [trunk, { ...trunk, id: 'other' }] },
    tenant: { ...town.tenant, settings: { ...plainTownSettings, ...wide, ...settings } },
  });
  const alerts: LimitReached[] = [];
  const own = new CallGuard({ clock, timers: clock, directory, onLimit: (reached) => alerts.push(reached) });
  const admit = (chargeId: string, personId = 'anna', trunkId = 'line') =>
    own.admit({ chargeId, tenantId: 'town', personId, trunkId, diallingClass: 'international' })?.limit;
  return { guard: own, clock, alerts, admit, directory };
}

describe('limits of calls', () => {
  it('abuse case 11: of fifty calls that start together only as many pass as may', () => {
    const { guard, admit } = guardWith({ settings: { concurrentPerPerson: 2 } });
    const answers = Array.from({ length: 50 }, (_, index) => admit(`${index}`));
    expect(answers.filter((limit) => limit === undefined)).toHaveLength(2);
    expect(answers[49]).toBe('calls-at-once');
    guard.release('0');
    expect(admit('again')).toBeUndefined();
  });

  it("keeps to the trunk's capacity, a person's and a trunk's calls a minute", () => {
    const { guard, clock, admit } = guardWith({
      settings: { callsPerMinute: 3 },
      guard: { callsPerMinute: 5 },
      capacity: 2,
    });
    expect([admit('a'), admit('b', 'ben'), admit('c', 'cem')]).toEqual([undefined, undefined, 'calls-at-once']);
    for (const id of ['a', 'b']) guard.release(id);
    for (const id of ['d', 'e']) {
      expect(admit(id)).toBeUndefined();
      guard.release(id);
    }
    expect(admit('f')).toBe('calls-per-minute');
    expect(admit('g', 'ben')).toBeUndefined();
    guard.release('g');
    expect(admit('h', 'cem')).toBe('calls-per-minute');
    clock.advance(60_000);
    expect([admit('i'), admit('j', 'cem')]).toEqual([undefined, undefined]);
  });

  it('a call that goes over another trunk takes its reservation along', () => {
    const { guard, admit } = guardWith({ capacity: 1 });
    expect(admit('a')).toBeUndefined();
    expect(guard.move('a', 'other')).toBeUndefined();
    expect(admit('b', 'ben')).toBeUndefined();
    expect(guard.move('b', 'other')?.limit).toBe('calls-at-once');
    expect(admit('c', 'cem')).toBe('calls-at-once');
    guard.release('b');
    expect(admit('c', 'cem')).toBeUndefined();
  });
});

describe('limits of money', () => {
  it('abuse case 11: fifty at once cannot overspend, each is reserved with three minutes', () => {
    const { admit } = guardWith({ settings: { dailyCentsPerPerson: 100 } });
    const answers = Array.from({ length: 50 }, (_, index) => admit(`${index}`));
    expect(answers.filter((limit) => limit === undefined)).toHaveLength(3);
    expect(answers[3]).toBe('daily-cents');
  });

  it('abuse case 11: hold for foreign and premium numbers before anybody has named a price', () => {
    const { guard } = guardWith({ settings: { dailyCentsPerPerson: 300 }, guard: { centsPerMinute: {} } });
    const call = { tenantId: 'town', personId: 'anna', trunkId: 'line' } as const;
    expect(guard.admit({ ...call, chargeId: 'a', diallingClass: 'premium' })?.limit).toBe('daily-cents');
    expect(guard.admit({ ...call, chargeId: 'b', diallingClass: 'international' })).toBeUndefined();
    expect(guard.admit({ ...call, chargeId: 'c', diallingClass: 'international' })?.limit).toBe('daily-cents');
    expect(guard.admit({ ...call, chargeId: 'd', diallingClass: 'national' })).toBeUndefined();
  });

  it('abuse case 11: the way over a dearer trunk is no way past a limit of money', () => {
    const { guard, alerts, directory } = guardWith({ settings: { dailyCentsPerPerson: 100 } });
    const town = directory.byTenant('town')!;
    const [free, dear] = town.trunks;
    const priced = (cents: number) => ({ callsPerMinute: 0, dailyCents: 0, centsPerMinute: { international: cents } });
    const withGuard = (trunk: typeof free, cents: number) => ({
      ...trunk!,
      settings: { ...trunk!.settings, guard: priced(cents) },
    });
    directory.replace({ ...town, trunks: [withGuard(free, 0), withGuard(dear, 50)] });
    const call = { chargeId: 'a', tenantId: 'town', personId: 'anna', trunkId: 'line' } as const;
    expect(guard.admit({ ...call, diallingClass: 'international' })).toBeUndefined();
    expect(guard.move('a', 'other')).toMatchObject({ scope: 'person', limit: 'daily-cents' });
    expect(alerts).toHaveLength(1);
    expect(guard.release('a')).toEqual({ cents: 0, connectedMilliseconds: 0 });
  });

  it('started minutes cost; what was reserved too much comes back', () => {
    const { guard, clock, admit } = guardWith({ settings: { dailyCentsPerPerson: 45 } });
    admit('a');
    guard.connected('a');
    clock.advance(61_000);
    expect(admit('b')).toBe('daily-cents');
    expect(guard.release('a')).toEqual({ cents: 20, connectedMilliseconds: 61_000 });
    expect(guard.release('a')).toBeUndefined();
    expect(admit('b')).toBe('daily-cents');
    admit('c', 'ben');
    expect(guard.release('c')).toEqual({ cents: 0, connectedMilliseconds: 0 });
  });

  it('running calls count while they run: the limit stops new ones at once, and tells within ten seconds', () => {
    const { guard, clock, alerts, admit } = guardWith({ guard: { dailyCents: 100 } });
    admit('a');
    guard.connected('a');
    clock.advance(7 * 60_000 - 1);
    expect(admit('b', 'ben')).toBeUndefined();
    guard.release('b');
    clock.advance(60_001);
    expect(admit('b', 'ben')).toBe('daily-cents');
    expect(alerts).toEqual([{ tenantId: 'town', scope: 'trunk', scopeId: 'line', limit: 'daily-cents' }]);
    clock.advance(3 * 3_600_000);
    expect(alerts).toHaveLength(1);
  });

  it('is told without any new call', () => {
    const { guard, clock, alerts, admit } = guardWith({ settings: { dailyCentsPerPerson: 100 } });
    admit('a');
    guard.connected('a');
    clock.advance(10 * 60_000);
    expect(alerts).toEqual([]);
    clock.advance(11_000);
    expect(alerts).toMatchObject([{ scope: 'person', scopeId: 'anna', limit: 'daily-cents' }]);
    guard.release('a');
    clock.advance(60_000);
    expect(clock.pendingTimers).toBe(0);
  });

  it('calls that cost nothing pass; a limit of 0 is none', () => {
    const { guard, admit } = guardWith({ settings: { dailyCentsPerPerson: 10 } });
    expect(admit('a')).toBe('daily-cents');
    const free = {
      chargeId: 'b',
      tenantId: 'town',
      personId: 'anna',
      trunkId: 'line',
      diallingClass: 'local',
    } as const;
    expect(guard.admit(free)).toBeUndefined();
    expect(guardWith({}).admit('c')).toBeUndefined();
  });

  it("starts anew at midnight of the town's own zone, also when the clocks change", () => {
    // 25 October 2026, 23:59 in Berlin is 22:59 UTC: summer time ended that morning.
    const clock = new VirtualClock(Date.UTC(2026, 9, 25, 22, 50));
    const { guard, admit } = guardWith({ settings: { dailyCentsPerPerson: 60 }, clock });
    guard.book({ tenantId: 'town', personId: 'anna', trunkId: 'line' }, 60);
    expect(admit('a')).toBe('daily-cents');
    clock.advance(9 * 60_000);
    expect(admit('a')).toBe('daily-cents');
    clock.advance(60_000);
    expect(admit('a')).toBeUndefined();
  });

  it('whatever calls come and go, nobody is ever reserved beyond the limit', () => {
    const act = fc.record({
      call: fc.nat(9).map(String),
      what: fc.constantFrom('admit', 'connect', 'release', 'wait'),
      person: fc.constantFrom('anna', 'ben'),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const { guard, clock, admit } = guardWith({ settings: { dailyCentsPerPerson: 200, callsPerMinute: 100_000 } });
        const spent = { anna: 0, ben: 0 };
        const open = new Map<string, 'anna' | 'ben'>();
        for (const { call, what, person } of acts) {
          const before = spent[person as 'anna' | 'ben'];
          if (what === 'wait') clock.advance(50_000);
          else if (what === 'connect') guard.connected(call);
          else if (what === 'admit' && !open.has(call)) {
            const reserved = [...open.values()].filter((one) => one === person).length * 30;
            if (admit(call, person) === undefined) {
              open.set(call, person as 'anna' | 'ben');
              expect(before + reserved + 30).toBeLessThanOrEqual(200);
            }
          } else if (what === 'release') {
            const payer = open.get(call);
            if (payer) spent[payer] += guard.release(call)?.cents ?? 0;
            open.delete(call);
          }
        }
      }),
    );
  });
});
