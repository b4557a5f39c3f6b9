import type * as z from 'zod/mini';
import { useWords } from '../shared/language/words.ts';
import { checkInput, type FieldProblems } from '../shared/forms/check-input.ts';
import { useDraft, type Draft } from '../shared/forms/use-draft.ts';
import { useSaving } from '../shared/forms/use-saving.ts';

interface RecordFormOptions<RecordView extends { readonly id: string }, Value extends object, Input> {
  /** Undefined: a new one. */
  readonly record: RecordView | undefined;
  readonly draftOf: (record: RecordView | undefined) => Value;
  /** The draft as the contract wants it. */
  readonly inputOf: (draft: Value) => Input;
  readonly schema: z.ZodMiniType;
  /** Left out: records of this kind come about elsewhere. */
  readonly create?: (body: Input) => Promise<unknown>;
  readonly update: (body: Input, id: string) => Promise<unknown>;
  /** Left out: records of this kind stay. */
  readonly remove?: (id: string) => Promise<unknown>;
  /** What is told after creating. */
  readonly created: string;
  /** False: the state before cannot be brought back (a password is not known here). */
  readonly canUndo?: (body: Input, record: RecordView) => boolean;
  /** A removed record can be made again. */
  readonly canRestore?: boolean;
}

export interface RecordForm<Value extends object> {
  readonly draft: Draft<Value>;
  readonly problems: FieldProblems;
  readonly busy: boolean;
  /** True when it was saved. */
  store(): Promise<boolean>;
  /** Undefined: nothing that could be removed. */
  readonly remove: (() => Promise<boolean>) | undefined;
}

/** Checks, saves, removes and undoes one record of the administration; every sheet works the same way. */
export function useRecordForm<RecordView extends { readonly id: string }, Value extends object, Input>(
  options: RecordFormOptions<RecordView, Value, Input>,
): RecordForm<Value> {
  const { record, draftOf, inputOf, schema, create, update, remove, created, canUndo, canRestore } = options;
  const w = useWords();
  const draft = useDraft(draftOf(record));
  const { busy, problems, setProblems, save } = useSaving();
  const before = (): Input => inputOf(draftOf(record));
  const store = async (): Promise<boolean> => {
    const body = inputOf(draft.value);
    const found = checkInput(schema, body);
    setProblems(found);
    if (Object.keys(found).length > 0) return false;
    if (record === undefined) return create !== undefined && save(() => create(body), { done: created });
    const undo = (canUndo?.(body, record) ?? true) ? () => update(before(), record.id) : undefined;
    return save(() => update(body, record.id), { done: w('admin.saved'), undo });
  };
  const removeRecord = (id: string): Promise<boolean> => {
    const undo = canRestore === true && create !== undefined ? () => create(before()) : undefined;
    return save(() => remove?.(id) ?? Promise.resolve(), { done: w('admin.removed'), undo });
  };
  return {
    draft,
    problems,
    busy,
    store,
    remove: record === undefined || remove === undefined ? undefined : () => removeRecord(record.id),
  };
}
