import type { Problem } from '@amtsleitung/contract';
import { isSentence, type Words } from '../language/words.ts';

/** An answer that is not a success. `code` is stable; `offline` means that no answer came at all. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Readonly<Record<string, string>>;

  constructor(problem: Problem) {
    super(problem.code);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.code = problem.code;
    this.fields = problem.fields ?? {};
  }
}

export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem ? error : new ApiProblem({ status: 0, code: 'unknown' });

/** What happened and what to do, in the person's language. */
export function problemSentence(error: unknown, words: Words): string {
  const problem = asProblem(error);
  const id = `problem.${problem.code}`;
  if (isSentence(id)) return words(id);
  if (problem.status >= 500) return words('problem.house');
  return words('problem.unknown', { code: problem.code });
}

/** The sentence for a refused field. */
export function fieldSentence(code: string, words: Words): string {
  const id = `field.${code}`;
  return isSentence(id) ? words(id) : words('field.invalid');
}
