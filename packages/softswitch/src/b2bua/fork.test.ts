import { callFailures } from '@amtsleitung/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextFork, startFork } from './fork.ts';
import type { Fork, ForkEffect, ForkInput } from './fork.ts';

function run(branches: number, inputs: readonly ForkInput[]): { fork: Fork; effects: ForkEffect[] } {
  const first = startFork(branches);
  let { fork } = first;
  const effects = [...first.effects];
  for (const input of inputs) {
    const step = nextFork(fork, input);
    fork = step.fork;
    effects.push(...step.effects);
  }
  return { fork, effects };
}

const { busy, declined, unreachable } = callFailures;

describe('a fork', () => {
  it('fails at once without a contact', () => {
    expect(run(0, []).effects).toEqual([{ kind: 'tell', what: 'failed', failure: unreachable }]);
  });

  it('gives the call to the first 200 and tells the others', () => {
    const { effects } = run(3, [
      { kind: 'ringing', branch: 0 },
      { kind: 'ringing', branch: 1 },
      { kind: 'accepted', branch: 1 },
      { kind: 'accepted', branch: 2 },
      { kind: 'media-agreed', branch: 1 },
    ]);
    expect(effects).toEqual([
      { kind: 'tell', what: 'ringing' },
      { kind: 'give-up', branch: 0, why: 'answered-elsewhere' },
      { kind: 'give-up', branch: 2, why: 'answered-elsewhere' },
      { kind: 'connect', branch: 1 },
      { kind: 'tell', what: 'answered' },
    ]);
  });

  it('fails with the most telling verdict when the last branch fails', () => {
    const { effects } = run(2, [
      { kind: 'failed', branch: 0, failure: busy },
      { kind: 'failed', branch: 1, failure: unreachable },
    ]);
    expect(effects.at(-1)).toEqual({ kind: 'tell', what: 'failed', failure: busy });
  });

  it('takes a 6xx as the answer of the person', () => {
    const { effects } = run(2, [{ kind: 'failed', branch: 0, failure: declined, global: true }]);
    expect(effects).toContainEqual({ kind: 'give-up', branch: 1, why: 'declined-elsewhere' });
    expect(effects.at(-1)).toEqual({ kind: 'tell', what: 'failed', failure: declined });
  });

  it('does not time out any more when a 200 is there', () => {
    const { fork } = run(1, [
      { kind: 'accepted', branch: 0 },
      { kind: 'time-out', failure: busy },
    ]);
    expect(fork.phase).toBe('connecting');
  });

  const branch = fc.integer({ min: 0, max: 3 });
  const input: fc.Arbitrary<ForkInput> = fc.oneof(
    fc.record({ kind: fc.constant('ringing' as const), branch }),
    fc.record({ kind: fc.constant('accepted' as const), branch }),
    fc.record({
      kind: fc.constant('failed' as const),
      branch,
      failure: fc.constantFrom(busy, declined),
      global: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('media-agreed' as const), branch }),
    fc.record({ kind: fc.constant('media-refused' as const), branch, failure: fc.constant(busy) }),
    fc.record({ kind: fc.constantFrom('time-out' as const, 'abort' as const), failure: fc.constant(busy) }),
    fc.record({ kind: fc.constant('hang-up' as const) }),
  );

  it('ends once, and lets go of every branch but an answered one, whatever crosses whatever', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 }), fc.array(input, { maxLength: 30 }), (branches, inputs) => {
        // Media is agreed on only with the branch that was accepted: the driver never says otherwise.
        let accepted: number | undefined;
        const possible = inputs.filter((one) => {
          if (one.kind === 'accepted' && one.branch < branches) accepted ??= one.branch;
          return !one.kind.startsWith('media') || ('branch' in one && one.branch === accepted);
        });
        const { fork, effects } = run(branches, possible);
        const ends = effects.filter((one) => one.kind === 'tell' && (one.what === 'failed' || one.what === 'ended'));
        const answers = effects.filter((one) => one.kind === 'tell' && one.what === 'answered');
        expect(ends.length + answers.length).toBeLessThanOrEqual(1);
        expect(ends).toHaveLength(fork.phase === 'over' ? 1 : 0);
        const released = effects.flatMap((one) =>
          one.kind === 'give-up' || one.kind === 'forget' ? [one.branch] : [],
        );
        expect(new Set(released).size).toBe(released.length);
        expect(released.length + fork.alive.size).toBe(branches);
        expect(fork.phase === 'established' ? fork.alive.size : 1).toBe(1);
      }),
      { numRuns: 500 },
    );
  });
});
