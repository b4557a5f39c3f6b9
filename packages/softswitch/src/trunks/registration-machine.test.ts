import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { idleRegistration, isKept, nextRegistration } from './registration-machine.ts';
import type { Registration, RegistrationEffect, RegistrationInput } from './registration-machine.ts';

/** Feeds inputs one after the other; gives the last effects. */
function run(...inputs: RegistrationInput[]): { registration: Registration; effects: readonly RegistrationEffect[] } {
  return inputs.reduce<ReturnType<typeof run>>(({ registration }, input) => nextRegistration(registration, input), {
    registration: idleRegistration(600),
    effects: [],
  });
}

const start = { kind: 'start' } as const;
const located = (servers: number) => ({ kind: 'located', servers, at: 0 }) as const;
const granted = (seconds: number, at = 0) => ({ kind: 'granted', seconds, at }) as const;
const silent = (at = 0) => ({ kind: 'silent', error: 'no-answer', at }) as const;
const refused = (status: number, parts: Partial<Extract<RegistrationInput, { kind: 'refused' }>> = {}) =>
  ({ kind: 'refused', status, at: 0, ...parts }) as const;

describe('a registration', () => {
  it('RFC 3261 §10.2.4: is refreshed well before it ends, at a drawn time', () => {
    const { registration, effects } = run(start, located(2), granted(3_600));
    expect(effects).toEqual([{ kind: 'wait', atLeast: 2_160_000, atMost: 2_880_000 }]);
    expect([isKept(registration, 3_599_999), isKept(registration, 3_600_000)]).toEqual([true, false]);
    expect(nextRegistration(registration, { kind: 'due' }).effects).toEqual([{ kind: 'locate' }]);
  });

  it('stays valid while it is refreshed', () => {
    const { registration } = run(start, located(1), granted(600), { kind: 'due' }, located(1));
    expect(registration.phase).toBe('asking');
    expect(isKept(registration, 1)).toBe(true);
  });

  it('RFC 3261 §10.2.8: asks for at least Min-Expires after 423, and goes on doing so', () => {
    const raised = run(start, located(2), refused(423, { minExpires: 1_800 }));
    expect(raised.effects).toEqual([{ kind: 'ask', server: 0, seconds: 1_800 }]);
    const again = run(
      start,
      located(1),
      refused(423, { minExpires: 1_800 }),
      granted(1_800),
      { kind: 'due' },
      located(1),
    );
    expect(again.effects).toEqual([{ kind: 'ask', server: 0, seconds: 1_800 }]);
  });

  it.each([[{}], [{ minExpires: 60 }], [{ minExpires: 999_999 }]])('423 with %o does not turn in circles', (parts) => {
    const { registration, effects } = run(start, located(1), refused(423, parts));
    expect(registration).toMatchObject({ phase: 'waiting', error: 'interval-too-brief' });
    expect(effects).toMatchObject([{ kind: 'wait' }]);
  });

  it('raises its interval once a round only', () => {
    const twice = run(start, located(1), refused(423, { minExpires: 700 }), refused(423, { minExpires: 800 }));
    expect(twice.registration.phase).toBe('waiting');
  });

  it.each([408, 500, 503, 504])('RFC 3263 §4.3: goes to the next server after %i', (status) => {
    expect(run(start, located(2), refused(status)).effects).toEqual([{ kind: 'ask', server: 1, seconds: 600 }]);
  });

  it('RFC 3263 §4.3: goes to the next server after silence', () => {
    expect(run(start, located(2), silent()).effects).toEqual([{ kind: 'ask', server: 1, seconds: 600 }]);
  });

  it('RFC 5626 §4.5: waits 50 to 100 % of a time that doubles up to 1800 s', () => {
    let step = run(start, located(1), silent());
    const waits = [step.effects[0]];
    for (let round = 0; round < 7; round++) {
      for (const input of [{ kind: 'due' } as const, located(1), silent()]) {
        step = nextRegistration(step.registration, input);
      }
      waits.push(step.effects[0]);
    }
    const uppers = [60, 120, 240, 480, 960, 1_800, 1_800, 1_800];
    expect(waits).toEqual(uppers.map((s) => ({ kind: 'wait', atLeast: s * 500, atMost: s * 1_000 })));
  });

  it('RFC 3261 §20.33: is not tried again before the least Retry-After of its servers', () => {
    const patient = run(start, located(2), refused(503, { retryAfter: 500 }), refused(503, { retryAfter: 300 }));
    expect(patient.effects).toEqual([{ kind: 'wait', atLeast: 300_000, atMost: 300_000 }]);
    const oneIsFree = run(start, located(2), refused(503, { retryAfter: 500 }), silent());
    expect(oneIsFree.effects).toEqual([{ kind: 'wait', atLeast: 30_000, atMost: 60_000 }]);
  });

  it.each([
    [401, 'wrong-credentials'],
    [403, 'wrong-credentials'],
    [407, 'wrong-credentials'],
    [404, 'unknown-number'],
    [604, 'unknown-number'],
    [420, 'refused'],
  ] as const)('%i means %s: tried rarely, the line is down', (status, error) => {
    const { registration, effects } = run(
      start,
      located(3),
      granted(600),
      { kind: 'due' },
      located(3),
      refused(status),
    );
    expect(registration).toMatchObject({ phase: 'waiting', error });
    expect(isKept(registration, 1)).toBe(false);
    expect(effects).toEqual([{ kind: 'wait', atLeast: 300_000, atMost: 600_000 }]);
  });

  it('is tried once more at the moment it ends', () => {
    const { effects } = run(start, located(1), granted(600), { kind: 'due' }, located(1), silent(590_000));
    expect(effects).toEqual([{ kind: 'wait', atLeast: 10_000, atMost: 10_000 }]);
  });

  it('RFC 5626 §4.5: is made anew when its connection is gone, but not in a storm', () => {
    const old = run(start, located(1), granted(600), { kind: 'lost', at: 60_000 });
    expect(old.effects).toEqual([{ kind: 'locate' }]);
    const young = run(start, located(1), granted(600), { kind: 'lost', at: 100 });
    expect(young.effects).toEqual([{ kind: 'wait', atLeast: 30_000, atMost: 60_000 }]);
    expect(isKept(young.registration, 101)).toBe(false);
  });

  it('is made anew as soon as a vanished server is heard of again, once; who refuses is not asked for it', () => {
    const alive = { kind: 'alive' } as const;
    expect(run(start, located(1), granted(600), { kind: 'lost', at: 100 }, alive).effects).toEqual([
      { kind: 'locate' },
    ]);
    expect(run(start, located(1), silent(), alive).effects).toEqual([{ kind: 'locate' }]);
    expect(run(start, located(1), silent(), alive, located(1), silent(), alive).effects).toEqual([]);
    expect(run(start, located(1), refused(403), alive).effects).toEqual([]);
    expect(run(start, located(1), refused(503), alive).effects).toEqual([]);
  });

  it('RFC 3261 §10.2.2: is taken back at the end, if there is something to take back', () => {
    expect(run(start, located(1), granted(600), { kind: 'stop' }).effects).toEqual([{ kind: 'resign' }]);
    expect(run(start, located(1), { kind: 'stop' }).effects).toEqual([{ kind: 'resign' }]);
    expect(run(start, located(1), silent(), { kind: 'stop' }).effects).toEqual([]);
    expect(run(start, located(0)).registration.error).toBe('name-not-found');
  });

  it('in any order of inputs: is never dead before it is stopped, never alive after', () => {
    const at = fc.integer({ min: 0, max: 1_000_000 });
    const spans = fc.tuple(at, fc.nat(9_000), fc.nat(9_000));
    const statuses = fc.constantFrom(401, 403, 404, 408, 423, 480, 500, 503, 600);
    const input = fc.oneof(
      fc.constantFrom<RegistrationInput>(
        { kind: 'start' },
        { kind: 'due' },
        { kind: 'check' },
        { kind: 'alive' },
        { kind: 'stop' },
      ),
      at.map((time): RegistrationInput => ({ kind: 'lost', at: time })),
      fc.nat(4).map((servers): RegistrationInput => ({ kind: 'located', servers, at: 0 })),
      spans.map(([time, seconds]): RegistrationInput => granted(seconds + 1, time)),
      at.map((time): RegistrationInput => silent(time)),
      fc
        .tuple(statuses, spans)
        .map(([status, [time, retryAfter, minExpires]]): RegistrationInput =>
          refused(status, { retryAfter, minExpires, at: time }),
        ),
    );
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
        let step = nextRegistration(idleRegistration(600), start);
        let isStopped = false;
        let isPending = true;
        for (const one of inputs) {
          const before = step.registration;
          step = nextRegistration(before, one);
          isStopped ||= one.kind === 'stop';
          if (step.registration === before) continue;
          const [effect, ...more] = step.effects;
          expect(more).toEqual([]);
          if (effect?.kind === 'ask') expect(effect.server).toBeLessThan(step.registration.servers);
          if (effect?.kind === 'wait') {
            expect(effect.atLeast).toBeGreaterThanOrEqual(0);
            expect(effect.atMost).toBeLessThanOrEqual(86_400_000);
            expect(effect.atLeast).toBeLessThanOrEqual(effect.atMost);
          }
          isPending = effect !== undefined;
          if (isStopped) expect(step.registration.phase).toBe('off');
        }
        expect(isPending || isStopped).toBe(true);
      }),
    );
  });
});
