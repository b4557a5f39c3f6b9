import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem, problemSentence } from '../api/api-problem.ts';
import { useWords } from '../language/words.ts';
import { focusFirstProblem } from '../parts/focus-problem.ts';
import { tell } from '../parts/toast-store.ts';
import type { FieldProblems } from './check-input.ts';

interface SaveOptions {
  /** What to say when it worked. */
  readonly done: string;
  /** Brings the state before back; offered right beside the message. */
  readonly undo?: (() => Promise<unknown>) | undefined;
}

interface Saving {
  readonly busy: boolean;
  readonly problems: FieldProblems;
  setProblems(problems: FieldProblems): void;
  /** True when it worked. A refused form marks its fields; everything else is told in a sentence. */
  save(run: () => Promise<unknown>, options: SaveOptions): Promise<boolean>;
}

export function useSaving(): Saving {
  const w = useWords();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problems, mark] = useState<FieldProblems>({});
  const setProblems = (found: FieldProblems): void => {
    mark(found);
    if (Object.keys(found).length > 0) focusFirstProblem();
  };
  const refresh = (): Promise<unknown> =>
    Promise.all(['admin', 'team', 'own-phone'].map((key) => client.invalidateQueries({ queryKey: [key] })));
  const run = async (change: () => Promise<unknown>, { done, undo }: SaveOptions): Promise<boolean> => {
    setBusy(true);
    try {
      await change();
      setProblems({});
      tell(done, 'done', undo && { label: w('action.undo'), run: () => void run(undo, { done: w('form.undone') }) });
      return true;
    } catch (error) {
      const problem = asProblem(error);
      setProblems(problem.fields);
      tell(problemSentence(problem, w), 'problem');
      return false;
    } finally {
      setBusy(false);
      void refresh();
    }
  };
  return { busy, problems, setProblems, save: run };
}
