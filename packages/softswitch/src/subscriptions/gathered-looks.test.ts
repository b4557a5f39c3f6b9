import { VirtualClock } from '@amtsleitung/base/testing';
import { describe, expect, it } from 'vitest';
import { GatheredLooks } from './gathered-looks.ts';
import type { Watch } from './watch.ts';

function lamps(count: number) {
  const clock = new VirtualClock();
  const looks: number[] = [];
  const watches = Array.from(
    { length: count },
    () => ({ look: () => looks.push(clock.monotonic()) }) as never as Watch,
  );
  const gathered = new GatheredLooks({ clock, timers: clock }, () => watches);
  return { clock, looks, gathered };
}

describe('looking at the lamps', () => {
  it('is done once for a burst of changes, on a grid of time', () => {
    const { clock, looks, gathered } = lamps(1);
    clock.advance(30);
    for (let change = 0; change < 5; change++) gathered.changed();
    clock.advance(500);
    gathered.changed();
    clock.advance(500);
    expect(looks).toEqual([100, 600]);
  });

  it('leaves calls their turn when there are many', () => {
    const { clock, looks, gathered } = lamps(1_200);
    gathered.changed();
    for (let millisecond = 0; millisecond < 200; millisecond++) clock.advance(1);
    expect(looks).toHaveLength(1_200);
    expect(new Set(looks)).toEqual(new Set([100, 105, 110]));
  });

  it('is done again for a change behind it', () => {
    const { clock, looks, gathered } = lamps(600);
    gathered.changed();
    clock.advance(102);
    gathered.changed();
    for (let millisecond = 0; millisecond < 200; millisecond++) clock.advance(1);
    expect(looks).toHaveLength(1_200);
    gathered.close();
    expect(clock.pendingTimers).toBe(0);
  });
});
