import type { PlayItem } from '../calls/call-control.ts';
import type { Language } from '../identity/language.ts';

/** Milliseconds between two spoken positions. */
export const positionInterval = 45_000;

/** "You are number n", or "you are next". */
export function positionItems(position: number, language: Language): readonly PlayItem[] {
  if (position <= 1) return [{ kind: 'prompt', name: 'you-are-next', language }];
  return [
    { kind: 'prompt', name: 'your-position-is', language },
    { kind: 'number', value: position, language },
  ];
}

/** What a caller hears first in the queue. */
export const entryItems = (position: number, language: Language): readonly PlayItem[] => [
  { kind: 'prompt', name: 'please-wait', language },
  ...positionItems(position, language),
];
