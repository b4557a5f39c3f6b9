/** The part of a keyboard event that names a combination. */
export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** `Control+K`, `F2`, `?`. Shift counts for named keys only; for characters it is part of the character. */
export function combinationOf(event: PressedKey): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const shift = event.shiftKey && event.key.length > 1 ? 'Shift+' : '';
  return `${event.ctrlKey || event.metaKey ? 'Control+' : ''}${event.altKey ? 'Alt+' : ''}${shift}${key}`;
}

/** Whether the key belongs to what is being written rather than to the app. */
export const writesText = (combination: string): boolean => combination.length === 1 || combination === 'Enter';
