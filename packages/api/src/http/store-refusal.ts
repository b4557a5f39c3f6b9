import { DirectoryConflict } from '@amtsleitung/domain';
import { conflict, type ApiProblem } from './problem.ts';

/** SQLSTATE classes (ISO/IEC 9075-2 §24.1) that blame the question: the store itself is well. */
const blamesQuestion = /^(?:0A|22|23|42)/;

const codeOf = (error: unknown): string | undefined => {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
};

/**
 * What a store's error means for the request when the store is there: a record that contradicts others, or a question
 * of ours it cannot understand. Undefined: the store is away.
 */
export function refusalOf(error: unknown): ApiProblem | Error | undefined {
  if (error instanceof DirectoryConflict) return conflict(error.kind);
  const code = codeOf(error);
  const isRefused = code !== undefined && /^[0-9A-Z]{5}$/.test(code) && blamesQuestion.test(code);
  return isRefused ? new Error(`the store refused a question: ${code}`) : undefined;
}

/** For the log. A database's messages quote the values they are about, its codes do not. */
export const nameOf = (error: unknown): string =>
  codeOf(error) ?? (error instanceof Error ? error.message : String(error));
