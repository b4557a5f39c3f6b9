import { describe, expect, it } from 'vitest';
import { nextHealth, unknownHealth } from './line-health.ts';
import type { HealthInput, HealthStep } from './line-health.ts';

/** `a` answered, `m` missed, one second apart. */
function run(pattern: string, optionsSeconds = 20, from: HealthStep['health'] = unknownHealth, start = 0): HealthStep {
  let step: HealthStep = { health: from };
  [...pattern].forEach((letter, index) => {
    const input: HealthInput = { kind: letter === 'a' ? 'answered' : 'missed', at: start + index * 1_000 };
    step = nextHealth(step.health, input, optionsSeconds);
  });
  return step;
}

describe('the health of a line', () => {
  it.each([
    ['', 'unknown'],
    ['a', 'up'],
    ['m', 'unknown'],
    ['mm', 'down'],
    ['am', 'up'],
    ['amamam', 'up'],
    ['amm', 'down'],
    ['amma', 'down'],
    ['ammama', 'down'],
    ['ammaa', 'up'],
  ])('after "%s" is %s', (pattern, status) => {
    expect(run(pattern).health.status).toBe(status);
  });

  it('is doubted at once, so that a dead line is known within 30 s', () => {
    const usual = run('a').wait!;
    const doubt = run('am').wait!;
    // Asked at the latest, missed after 4 s, asked again, missed after 4 s.
    expect(usual.atMost + 4_000 + doubt.atMost + 4_000).toBeLessThanOrEqual(30_000);
  });

  it('is asked with jitter, and sparingly while it is down', () => {
    expect(run('a').wait).toEqual({ kind: 'wait', atLeast: 18_000, atMost: 20_000 });
    expect(run('mm').wait).toEqual({ kind: 'wait', atLeast: 18_000, atMost: 20_000 });
    expect(run('mm', 3_600).wait!.atMost).toBe(30_000);
    expect(run('mma').wait!.atMost).toBe(5_000);
  });

  it('has to live longer each time it flaps', () => {
    let step = run('mm');
    const needed: number[] = [];
    for (let flap = 0; flap < 6; flap++) {
      let answers = 0;
      while (step.health.status === 'down') {
        step = run('a', 20, step.health, flap * 20_000 + ++answers * 1_000);
      }
      needed.push(answers);
      step = run('mm', 20, step.health, flap * 20_000 + 18_000);
    }
    expect(needed).toEqual([2, 4, 8, 16, 16, 16]);
  });

  it('is forgiven after five quiet minutes', () => {
    const back = run('mmaa');
    const steady = run('a', 20, back.health, 400_000);
    const down = run('mm', 20, steady.health, 401_000);
    expect(down.health).toMatchObject({ status: 'down', needed: 2 });
  });

  it('of a line that is never asked is told by its calls, and tried again after a rest', () => {
    expect(run('a', 0).wait).toBeUndefined();
    const down = run('amm', 0);
    expect(down.health.status).toBe('down');
    expect(down.wait!.atMost).toBe(30_000);
    expect(nextHealth(down.health, { kind: 'rested' }, 0).health.status).toBe('unknown');
  });
});
