import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inviteClientStart, nextInviteClient } from './invite-client-machine.ts';
import { inviteServerStart, nextInviteServer } from './invite-server-machine.ts';
import { nextNonInviteClient, nonInviteClientStart } from './non-invite-client-machine.ts';
import { nextNonInviteServer, nonInviteServerStart } from './non-invite-server-machine.ts';
import type { Transition } from './transaction-effect.ts';
import type { TimerName } from './timer-values.ts';

/** One step of a run: an event, or the due timer of that number among those that run. */
type Step<Input> = Input | { readonly kind: 'due'; readonly which: number };

interface Run {
  readonly phase: string;
  /** What was told to the layer above and sent, in order. */
  readonly told: readonly string[];
  readonly effectsAfterEnd: number;
}

interface Machine<State, Input> {
  readonly start: State;
  readonly next: (state: State, input: Input) => Transition<State>;
}

/** Plays events in any order; timers fire only while they run, as a real clock has it. */
function play<State extends { readonly phase: string }, Input extends object>(
  { start, next }: Machine<State, Input>,
  steps: readonly Step<Input>[],
  drain: boolean,
): Run {
  let state = start;
  const running = new Set<TimerName>();
  const told: string[] = [];
  let effectsAfterEnd = 0;
  const take = (input: Input) => {
    const wasOver = state.phase === 'terminated';
    const step = next(state, input);
    state = step.state;
    if (wasOver) effectsAfterEnd += step.effects.length;
    for (const effect of step.effects) {
      if (effect.kind === 'start-timer') running.add(effect.timer);
      else if (effect.kind === 'stop-timer') running.delete(effect.timer);
      else if (effect.kind === 'deliver') told.push(`deliver ${'status' in input ? String(input.status) : 'ack'}`);
      else told.push(effect.kind);
    }
    if (state.phase === 'terminated') running.clear();
  };
  const fire = (which: number) => {
    const due = [...running][which % Math.max(1, running.size)];
    if (due === undefined) return;
    running.delete(due);
    take({ kind: 'timer', timer: due } as unknown as Input);
  };
  for (const step of steps) {
    if ('which' in step) fire(step.which);
    else take(step);
  }
  // Time goes on: repetitions first would never end, so the timers that end things fire.
  const ending = ['B', 'D', 'F', 'H', 'I', 'J', 'K', 'L', 'M'];
  for (let count = 0; drain && count < 4; count++) {
    for (const timer of [...running].filter((one) => ending.includes(one))) {
      running.delete(timer);
      take({ kind: 'timer', timer } as unknown as Input);
    }
  }
  return { phase: state.phase, told, effectsAfterEnd };
}

const due = fc.record({ kind: fc.constant('due' as const), which: fc.nat(5) });
const status = fc.constantFrom(100, 180, 183, 200, 202, 301, 401, 486, 503, 603);
const response = fc.record({ kind: fc.constant('response' as const), status });
const respond = fc.record({ kind: fc.constant('respond' as const), status });
const broken = fc.constant({ kind: 'transport-error' as const });
const abandon = fc.constant({ kind: 'abandon' as const });
const finals = (run: Run) => run.told.filter((one) => /^deliver [2-6]/.test(one));
const ends = (run: Run) => run.told.filter((one) => one === 'timed-out' || one === 'failed');
const runs = { numRuns: 2_000 };

describe.each([true, false])('any order of events (reliable transport: %s)', (isReliable) => {
  const begin = { kind: 'start' as const };

  it('RFC 3261 §17.1.1: an INVITE client tells one refusal, or success, or failure, and always ends', () => {
    const machine = { start: inviteClientStart(isReliable), next: nextInviteClient };
    const steps = fc.array(fc.oneof(response, due, broken, abandon), { maxLength: 40 });
    fc.assert(
      fc.property(steps, (given) => {
        const run = play(machine, [begin, ...given], true);
        const refusals = finals(run).filter((one) => !one.startsWith('deliver 2'));
        const hasSucceeded = finals(run).length > refusals.length;
        expect(refusals.length + ends(run).length + (hasSucceeded ? 1 : 0)).toBeLessThanOrEqual(1);
        expect(run.effectsAfterEnd).toBe(0);
        // A call may ring for ever; everything else is over in time.
        expect(['terminated', 'proceeding']).toContain(run.phase);
        // §17.1.1.3: no ACK of ours but for a refusal.
        expect(run.told.includes('send-ack')).toBe(refusals.length > 0);
      }),
      runs,
    );
  });

  it('RFC 3261 §17.1.2: a non-INVITE client tells one final answer or one failure, and always ends', () => {
    const machine = { start: nonInviteClientStart(isReliable), next: nextNonInviteClient };
    const steps = fc.array(fc.oneof(response, due, broken, abandon), { maxLength: 40 });
    fc.assert(
      fc.property(steps, (given) => {
        const run = play(machine, [begin, ...given], true);
        expect(finals(run).length + ends(run).length).toBeLessThanOrEqual(1);
        expect([run.phase, run.effectsAfterEnd]).toEqual(['terminated', 0]);
      }),
      runs,
    );
  });

  it('RFC 3261 §17.2.1: an INVITE server sends one final answer, hears its ACK once, and always ends', () => {
    const machine = { start: inviteServerStart(isReliable), next: nextInviteServer };
    const event = fc.constantFrom({ kind: 'request' as const }, { kind: 'ack' as const });
    const steps = fc.array(fc.oneof(respond, event, due, broken), { maxLength: 40 });
    fc.assert(
      fc.property(steps, (given) => {
        const run = play(machine, given, true);
        expect(run.told.filter((one) => one === 'timed-out').length).toBeLessThanOrEqual(1);
        const isAnswered = given.some((step) => step.kind === 'respond' && 'status' in step && step.status >= 200);
        expect(run.phase).toBe(isAnswered ? 'terminated' : 'proceeding');
        expect(run.effectsAfterEnd).toBe(0);
        // Nothing is sent that was not given.
        expect(run.told.includes('send')).toBe(given.some((step) => step.kind === 'respond'));
      }),
      runs,
    );
  });

  it('RFC 3261 §17.2.2: a non-INVITE server sends what it was given and always ends', () => {
    const machine = { start: nonInviteServerStart(isReliable), next: nextNonInviteServer };
    const steps = fc.array(fc.oneof(respond, fc.constant({ kind: 'request' as const }), due, broken), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(steps, (given) => {
        const run = play(machine, given, true);
        const isAnswered = given.some((step) => step.kind === 'respond' && 'status' in step && step.status >= 200);
        if (isAnswered) expect(run.phase).toBe('terminated');
        expect(run.effectsAfterEnd).toBe(0);
        if (run.told.includes('send')) expect(given.some((step) => step.kind === 'respond')).toBe(true);
      }),
      runs,
    );
  });
});
