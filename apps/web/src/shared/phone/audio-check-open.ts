import { createStore } from '../look/store.ts';

/** Whether the dialog that checks microphone and line is open; several places open it. */
export const audioCheckOpen = createStore(false);
