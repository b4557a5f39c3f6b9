import { expect } from 'vitest';
import { runHouse } from './house.ts';
import { processesUsing } from './own-processes.ts';
import type { RunningProgram } from './running-program.ts';

/** Log lines are JSON; what is being set up says so. Everything else on standard error is for a person to read. */
const isForPeople = (line: string): boolean => line.trim() !== '' && !/^(\{|Einrichten \d\/\d:)/.test(line);

export interface Outcome {
  readonly code: number | undefined;
  /** What a person reads on standard error. */
  readonly said: readonly string[];
  readonly printed: readonly string[];
}

/** Waits until the program has ended and everything it said is here. */
export async function outcomeOf(program: RunningProgram): Promise<Outcome> {
  const said: string[] = [];
  const printed: string[] = [];
  program.onLine((line, stream) => {
    if (stream === 'stdout') printed.push(line);
    else if (isForPeople(line)) said.push(line);
  });
  const timer = setTimeout(() => program.signal('SIGKILL'), 60_000);
  const code = await program.finished;
  clearTimeout(timer);
  return { code, said, printed };
}

/** It ended with exactly one sentence that says what is wrong and what to do, and no line of code. */
export function expectOneSentence({ code, said }: Outcome, cause: RegExp, remedy: RegExp): void {
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(cause);
  expect(said[0]).toMatch(remedy);
  expect(said[0]).toMatch(/\.$/);
  expect(said[0]).not.toMatch(/[.!?] [A-ZÄÖÜ]|\.(?:ts|mjs|js):\d+/);
  expect(code).toBeGreaterThan(0);
}

/** A start that must not come about: `cause` and `remedy` are in its one sentence, and no process of `data` is left. */
export async function expectRefusal(
  data: string,
  args: readonly string[],
  cause: RegExp,
  remedy: RegExp,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const outcome = await outcomeOf(runHouse(['--data', data, ...args], env));
  expectOneSentence(outcome, cause, remedy);
  expect(outcome.printed).toEqual([]);
  expect(processesUsing(data)).toEqual([]);
}
