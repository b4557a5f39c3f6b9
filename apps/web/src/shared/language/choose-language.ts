import { i18n, type Messages } from '@lingui/core';
import { readChoice, writeChoice } from '../look/browser-choice.ts';
import { learnSentences, type Language } from './words.ts';

const catalogues: Record<Language, () => Promise<{ default: object }>> = {
  de: () => import('./catalogues/de.ts'),
  en: () => import('./catalogues/en.ts'),
};

/** The language this browser was set to; undefined: never chosen here. */
export const chosenLanguage = (): Language | undefined => readChoice('language', ['de', 'en']);

/** Loads the catalogue and shows it everywhere. */
export async function showLanguage(language: Language): Promise<void> {
  const catalogue = await catalogues[language]();
  learnSentences(Object.keys(catalogue.default));
  i18n.loadAndActivate({ locale: language, messages: catalogue.default as Messages });
  document.documentElement.lang = language;
}

/** A choice made in this browser; it stays here whoever signs in. */
export async function chooseLanguage(language: Language): Promise<void> {
  writeChoice('language', language);
  await showLanguage(language);
}
