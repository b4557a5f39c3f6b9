import { useLingui } from '@lingui/react';
import type { Language } from '../language/words.ts';
import { count, dayAndTime, longDay } from './formats.ts';

interface Formats {
  readonly language: Language;
  dayAndTime(at: number, now: number): string;
  longDay(at: number): string;
  count(value: number): string;
}

/** Formats that differ by language. */
export function useFormats(): Formats {
  const { i18n } = useLingui();
  const language: Language = i18n.locale === 'en' ? 'en' : 'de';
  return {
    language,
    dayAndTime: (at, now) => dayAndTime(at, now, language),
    longDay: (at) => longDay(at, language),
    count: (value) => count(value, language),
  };
}
