import { silentLogger } from '@amtsleitung/base';
import { seededRandom, VirtualClock } from '@amtsleitung/base/testing';
import { callFailures } from '@amtsleitung/domain';
import { describe, expect, it } from 'vitest';
import { LocationTable } from '../registrar/location-table.ts';
import { TestDirectory } from '../testing/index.ts';
import { TrunkBook } from '../trunks/trunk-book.ts';
import { TrunkCalls } from '../trunks/trunk-calls.ts';
import { TrunkLines } from '../trunks/trunk-lines.ts';
import { CallPlanner } from './call-planner.ts';

describe('planning a call', () => {
  it.each([
    ['110', false],
    ['112', false],
    ['+49110', false],
    ['1101', true],
    ['+493023125000', true],
  ])('to %s over a full trunk is refused: %s', (number, isRefused) => {
    const clock = new VirtualClock();
    const directory = new TestDirectory();
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
    const planner = new CallPlanner({
      locations: new LocationTable({ clock, timers: clock, onError: () => {} }),
      trunks: new TrunkBook(directory),
      trunkCalls: new TrunkCalls({ lines, directory, clock }),
      directory,
    });
    const options = { caller: {}, ringMilliseconds: 1_000, callId: 'c' };
    const plan = planner.plan({ kind: 'trunk', trunkId: 'line', number }, options, () => 1_000);
    expect('failure' in plan ? plan.failure : undefined).toBe(isRefused ? callFailures.overloaded : undefined);
  });
});
