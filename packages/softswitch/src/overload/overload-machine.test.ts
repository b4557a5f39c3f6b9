import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextOverload, overloadRules } from './overload-machine.ts';
import type { LoadReading, Overload } from './overload-machine.ts';

const rules = overloadRules(1_000, 10_000);
const idle: LoadReading = { delay: 0, legs: 0, transactions: 0 };

/** One reading every 500 ms; `c` calm, `s` shedding. */
function run(readings: readonly LoadReading[]): string {
  let state: Overload = { kind: 'calm', isWarned: false };
  return readings.map((reading, tick) => (state = nextOverload(state, reading, tick * 500, rules)).kind[0]).join('');
}

const times = (count: number, reading: LoadReading) => Array<LoadReading>(count).fill(reading);

describe('overload', () => {
  it.each([
    ['a late loop', { ...idle, delay: 250 }],
    ['almost all legs', { ...idle, legs: 970 }],
    ['almost all transactions', { ...idle, transactions: 9_600 }],
  ])('begins with the second reading running of %s', (_what, reading) => {
    expect(run([idle, reading, idle, reading, reading])).toBe('cccc' + 's');
  });

  it('does not begin on a machine that is merely busy, nor by one long pause', () => {
    const busy = [80, 120, 240, 90, 1_500, 200, 180].map((delay) => ({ ...idle, delay }));
    expect(run(busy)).toBe('ccccccc');
  });

  it('ends when everything has been well for three seconds', () => {
    expect(run([...times(2, { ...idle, delay: 400 }), ...times(8, idle)])).toBe('cs' + 'ssssss' + 'cc');
  });

  it('does not flicker between its bounds', () => {
    const between = { ...idle, delay: 150 };
    const readings = [...times(5, between), ...times(2, { ...idle, delay: 300 }), ...times(20, between)];
    expect(run(readings)).toBe('cccccc' + 's'.repeat(21));
  });

  it('never changes to calm within the calm time, and never stays calm above a bound', () => {
    const reading = fc.record({
      delay: fc.integer({ min: 0, max: 200 }),
      legs: fc.integer({ min: 0, max: 1_000 }),
      transactions: fc.integer({ min: 0, max: 10_000 }),
    });
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 60 }), (readings) => {
        let state: Overload = { kind: 'calm', isWarned: false };
        let enteredAt = 0;
        readings.forEach((one, tick) => {
          const next = nextOverload(state, one, tick * 500, rules);
          if (state.kind === 'calm' && next.kind === 'shedding') enteredAt = tick * 500;
          if (state.kind === 'shedding' && next.kind === 'calm') {
            expect(tick * 500 - enteredAt).toBeGreaterThanOrEqual(rules.calmMilliseconds);
          }
          if (state.kind === 'calm' && state.isWarned && one.delay >= 250) expect(next.kind).toBe('shedding');
          state = next;
        });
      }),
    );
  });
});
