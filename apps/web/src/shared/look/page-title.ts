import { useEffect } from 'react';
import { createStore } from './store.ts';

/** What the page is called; the shell makes the window's title from it. */
export const pageTitle = createStore('');

export function usePageTitle(title: string): void {
  useEffect(() => pageTitle.set(title), [title]);
}
