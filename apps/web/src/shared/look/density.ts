import { useLayoutEffect } from 'react';
import { readChoice, writeChoice } from './browser-choice.ts';
import { createStore, useStore } from './store.ts';

export type Density = 'komfortabel' | 'kompakt';

/** A person's own choice; undefined: each page's own. */
export const densityChoice = createStore<Density | undefined>(readChoice('density', ['komfortabel', 'kompakt']));
densityChoice.subscribe(() => writeChoice('density', densityChoice.get()));

/** The one attribute on the page root that sets heights and text sizes. */
export function useDensity(ofPage: Density): void {
  const chosen = useStore(densityChoice);
  useLayoutEffect(() => {
    document.documentElement.dataset['density'] = chosen ?? ofPage;
  }, [chosen, ofPage]);
}
