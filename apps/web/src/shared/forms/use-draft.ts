import { useState } from 'react';
import { fieldSentence } from '../api/api-problem.ts';
import { useWords } from '../language/words.ts';
import type { FieldProblems } from './check-input.ts';

export interface Draft<T> {
  readonly value: T;
  readonly changed: boolean;
  set<K extends keyof T>(field: K, value: T[K]): void;
}

/** What has been typed and not saved yet. */
export function useDraft<T extends object>(initial: T): Draft<T> {
  const [first] = useState(initial);
  const [value, setValue] = useState(initial);
  return {
    value,
    changed: JSON.stringify(value) !== JSON.stringify(first),
    set: (field, next) => setValue((before) => ({ ...before, [field]: next })),
  };
}

/** The sentence for a field, when something is wrong with it. */
export function useFieldSentences(problems: FieldProblems): (path: string) => string | undefined {
  const w = useWords();
  return (path) => {
    const code = problems[path];
    if (code === undefined) return undefined;
    return fieldSentence(path === 'password' && code === 'too-small' ? 'too-short-password' : code, w);
  };
}
