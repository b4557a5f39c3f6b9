import { i18n } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import type de from './catalogues/de.ts';

export type Language = 'de' | 'en';
/** Every sentence of the product by its key; the German catalogue is the list. */
export type SentenceId = keyof typeof de;
export type Values = Readonly<Record<string, string | number>>;
export type Words = (id: SentenceId, values?: Values) => string;

/** For code outside of components, e.g. window titles and notifications. */
export const words: Words = (id, values) => i18n._(id, values as Record<string, unknown>);

/** Sentences in the chosen language; the component is drawn again when the language changes. */
export function useWords(): Words {
  const { i18n: chosen } = useLingui();
  const language = chosen.locale;
  return useMemo<Words>(() => (language === '' ? () => '' : (id, values) => words(id, values)), [language]);
}

const known = new Set<string>();
/** Tells the known keys from codes a newer server may send. */
export const isSentence = (id: string): id is SentenceId => known.has(id);
export const learnSentences = (ids: readonly string[]): void => {
  for (const id of ids) known.add(id);
};
