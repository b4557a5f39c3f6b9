import type { TrunkPresetView } from '@amtsleitung/contract';
import type { Words } from '../../shared/language/words.ts';
import type { Draft } from '../../shared/forms/use-draft.ts';
import { basisSentence } from './preset-basis.ts';
import type { TrunkDraft } from './trunk-draft.ts';

export type Habits = TrunkDraft['habits'];

/** What every group of a trunk's fields works with. */
export interface TrunkFieldsProps {
  readonly draft: Draft<TrunkDraft>;
  /** Undefined: the provider's data file is gone. */
  readonly preset: TrunkPresetView | undefined;
  readonly sentence: (path: string) => string | undefined;
}

export const setHabit = <Key extends keyof Habits>(
  { value, set }: Draft<TrunkDraft>,
  key: Key,
  next: Habits[Key],
): void => set('habits', { ...value.habits, [key]: next });

/** A field's hint: what it means, and how sure its value is. */
export function hintOf(
  { preset }: TrunkFieldsProps,
  w: Words,
  path: string,
  value: unknown,
  meaning = '',
): string | undefined {
  const hint = [meaning, basisSentence(preset, path, value, w) ?? ''].filter((text) => text !== '').join(' ');
  return hint === '' ? undefined : hint;
}
