import { VirtualClock } from '@amtsleitung/base/testing';
import { describe, expect, it } from 'vitest';
import { Pacer, type Paced } from './pacer.ts';

class Counter implements Paced {
  steps = 0;
  skipped = 0;
  step(): void {
    this.steps++;
  }
  skip(frames: number): void {
    this.skipped += frames;
  }
}

describe('the pacer', () => {
  it('makes fifty steps a second of every leg, without drift', () => {
    const clock = new VirtualClock();
    const pacer = new Pacer(clock, clock, () => {});
    const legs = Array.from({ length: 7 }, () => new Counter());
    for (const leg of legs) pacer.add(leg);
    clock.advance(60_000);
    for (const leg of legs) expect(leg.steps).toBe(3000);
    expect(pacer.lateness).toBe(0);
  });

  it('rests when there is nobody, and begins again', () => {
    const clock = new VirtualClock();
    const pacer = new Pacer(clock, clock, () => {});
    const leg = new Counter();
    pacer.add(leg);
    pacer.remove(leg);
    expect(clock.pendingTimers).toBe(0);
    clock.advance(1000);
    expect(leg.steps).toBe(0);
    pacer.add(leg);
    clock.advance(1000);
    expect(leg.steps).toBe(50);
  });

  it('wakes the process no more often than its legs need', () => {
    const clock = new VirtualClock();
    let wakings = 0;
    const timers = {
      after: (milliseconds: number, fire: () => void) =>
        clock.after(milliseconds, () => {
          wakings++;
          fire();
        }),
    };
    const pacer = new Pacer(clock, timers, () => {});
    const few = Array.from({ length: 12 }, () => new Counter());
    for (const leg of few) pacer.add(leg);
    clock.advance(1_000);
    expect(wakings).toBe(50);
    const many = Array.from({ length: 48 }, () => new Counter());
    for (const leg of many) pacer.add(leg);
    clock.advance(1_000);
    expect(wakings).toBe(250);
    expect([few[0]!.steps, many[0]!.steps, many[47]!.steps]).toEqual([100, 50, 50]);
  });

  it('catches up after a short stall and skips after a long one; together they are the time that passed', () => {
    const clock = new VirtualClock();
    let offset = 0;
    const stalling = { now: () => clock.now(), monotonic: () => clock.monotonic() + offset };
    const pacer = new Pacer(stalling, clock, () => {});
    const leg = new Counter();
    pacer.add(leg);
    clock.advance(100);
    offset += 60;
    clock.advance(40);
    expect([leg.steps, leg.skipped]).toEqual([10, 0]);
    offset += 2000;
    clock.advance(60);
    expect(leg.steps + leg.skipped).toBe(113);
    expect(leg.skipped).toBeGreaterThan(90);
    expect(pacer.lateness).toBeGreaterThan(20);
  });

  it('lets one leg fail alone', () => {
    const clock = new VirtualClock();
    const errors: unknown[] = [];
    const pacer = new Pacer(clock, clock, (error) => errors.push(error));
    const good = new Counter();
    const bad: Paced = {
      step: () => {
        throw new Error('broken');
      },
      skip: () => {},
    };
    for (const leg of [bad, good]) pacer.add(leg);
    clock.advance(200);
    expect(good.steps).toBe(10);
    expect(errors).toHaveLength(10);
  });
});
