import type { PlayItem } from '../calls/call-control.ts';
import type { Language } from '../identity/language.ts';

/** Milliseconds between two spoken positions. */
export const positionInterval = 45_000;

/** There are recordings of the numbers up to here. */
const largestNumber = 100;

/** "You are number n", or "you are next"; "please wait" so far back that no number is recorded for the place. */
export function positionItems(position: number, language: Language): readonly PlayItem[] {
  if (position <= 1) return [{ kind: 'prompt', name: 'you-are-next', language }];
  if (position > largestNumber) return [{ kind: 'prompt', name: 'please-wait', language }];
  return [
    { kind: 'prompt', name: 'your-position-is', language },
    { kind: 'number', value: position, language },
  ];
}

/** What a caller hears first in the queue. */
export function entryItems(position: number, language: Language): readonly PlayItem[] {
  const items = positionItems(position, language);
  return position > largestNumber ? items : [{ kind: 'prompt', name: 'please-wait', language }, ...items];
}
