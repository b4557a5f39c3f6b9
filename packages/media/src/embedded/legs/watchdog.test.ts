import { expect, it } from 'vitest';
import { Watchdog } from './watchdog.ts';

it('tells of a silence once per limit, later of a far side never heard', () => {
  const watchdog = new Watchdog(100);
  expect([0, 100, 199].map((now) => watchdog.expires(now))).toEqual([false, false, false]);
  expect([500, 501].map((now) => watchdog.expires(now))).toEqual([true, false]);
  watchdog.heard(600);
  expect([699, 700, 701, 799, 800].map((now) => watchdog.expires(now))).toEqual([false, true, false, false, true]);
});

it('waits while it is told to, and for ever without a limit', () => {
  const watchdog = new Watchdog(100);
  watchdog.heard(0);
  for (let now = 50; now < 1000; now += 50) {
    watchdog.restart(now);
    expect(watchdog.expires(now)).toBe(false);
  }
  expect(new Watchdog(0).expires(1e9)).toBe(false);
});
