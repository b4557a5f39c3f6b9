import { announce } from '../announce/announcer.ts';
import { createStore } from '../look/store.ts';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly look: 'done' | 'problem';
  readonly action?: { readonly label: string; readonly run: () => void };
}

let next = 1;
/** One at a time: the newest replaces the one before. */
export const toast = createStore<Toast | undefined>(undefined);

/** Says what came of something, on the screen and to voices. */
export function tell(text: string, look: Toast['look'] = 'done', action?: Toast['action']): void {
  announce(text);
  toast.set({ id: next++, text, look, ...(action === undefined ? {} : { action }) });
}
export const closeToast = (): void => toast.set(undefined);
