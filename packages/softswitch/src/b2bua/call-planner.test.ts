import { silentLogger } from '@amtsleitung/base';
import { seededRandom, VirtualClock } from '@amtsleitung/base/testing';
import { callFailures } from '@amtsleitung/domain';
import type { Trunk } from '@amtsleitung/domain';
import { describe, expect, it } from 'vitest';
import { LocationTable } from '../registrar/location-table.ts';
import { TestDirectory, trunk } from '../testing/index.ts';
import { TrunkBook } from '../trunks/trunk-book.ts';
import { TrunkCalls } from '../trunks/trunk-calls.ts';
import { TrunkLines } from '../trunks/trunk-lines.ts';
import { CallPlanner } from './call-planner.ts';

/** Only plans: nothing is ever sent. */
function plannerOf(trunks: readonly Trunk[] = [trunk]): CallPlanner {
  const clock = new VirtualClock();
  const directory = new TestDirectory();
  directory.replace({ trunks });
  const lines = new TrunkLines({
    clock,
    timers: clock,
    random: seededRandom(1),
    logger: silentLogger,
    directory,
    locator: { locate: () => Promise.resolve([]), reportFailure: () => {}, reportSuccess: () => {} },
    request: () => new Promise(() => {}),
    callsOn: () => ({ incoming: 0, outgoing: 0 }),
  });
  return new CallPlanner({
    locations: new LocationTable({ clock, timers: clock, onError: () => {} }),
    trunks: new TrunkBook(directory),
    trunkCalls: new TrunkCalls({ lines, directory, clock }),
    directory,
  });
}

const options = { caller: {}, ringMilliseconds: 1_000, callId: 'c' };
const failureOf = (planner: CallPlanner, number: string, inUse = 0) => {
  const plan = planner.plan({ kind: 'trunk', trunkId: 'line', number }, options, () => inUse);
  return 'failure' in plan ? plan.failure : undefined;
};

describe('planning a call', () => {
  it.each([
    ['110', false],
    ['112', false],
    ['+49110', false],
    ['1101', true],
    ['+493023125000', true],
  ])('to %s over a full trunk is refused: %s', (number, isRefused) => {
    expect(failureOf(plannerOf(), number, 1_000)).toBe(isRefused ? callFailures.overloaded : undefined);
  });

  it.each([
    ['is turned off', { enabled: false }],
    ['is not registered', { registerSeconds: 600 }],
  ])('over a trunk that %s is refused at once; an emergency call is tried all the same', (_state, settings) => {
    const planner = plannerOf([{ ...trunk, settings: { ...trunk.settings, ...settings } }]);
    expect(failureOf(planner, '+493023125000')).toBe(callFailures['trunk-failed']);
    expect(failureOf(planner, '112')).toBeUndefined();
  });
});
