import { createStore } from './store.ts';
import { readChoice, writeChoice } from './browser-choice.ts';

export type Theme = 'light' | 'dark' | 'system';
export const themes: readonly Theme[] = ['system', 'light', 'dark'];

export const themeChoice = createStore<Theme>(readChoice('theme', themes) ?? 'system');

const paint = (dark: MediaQueryList): void => {
  const theme = themeChoice.get();
  document.documentElement.dataset['kernTheme'] = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
};

/** Keeps the page in the chosen theme, also when the system's own changes. */
export function startTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', () => paint(dark));
  themeChoice.subscribe(() => {
    writeChoice('theme', themeChoice.get());
    paint(dark);
  });
  paint(dark);
}
