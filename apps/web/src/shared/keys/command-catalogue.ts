import type { SentenceId } from '../language/words.ts';

/** When a command does something: with a ringing call, a call in hand, an open target list, wrap-up, or at any time. */
export type CommandMoment = 'always' | 'ringing' | 'call' | 'targets' | 'wrap-up';

export interface Command {
  readonly id: string;
  /** Combinations in the form `Control+K`; the names are those of `KeyboardEvent.key`. */
  readonly keys: readonly string[];
  readonly moment: CommandMoment;
  readonly words: SentenceId;
}

/** Every key the app listens to: the key list, the handlers and the tests read this table. */
export const commandCatalogue = [
  { id: 'answer', keys: ['F2'], moment: 'ringing', words: 'keys.answer' },
  { id: 'reject', keys: ['F9'], moment: 'ringing', words: 'keys.reject' },
  { id: 'hold', keys: ['F4'], moment: 'call', words: 'keys.hold' },
  { id: 'transfer', keys: ['F6'], moment: 'call', words: 'keys.transfer' },
  { id: 'mute', keys: ['F8'], moment: 'call', words: 'keys.mute' },
  { id: 'hang-up', keys: ['F9'], moment: 'call', words: 'keys.hangUp' },
  { id: 'connect-directly', keys: ['Control+Enter'], moment: 'targets', words: 'keys.connect' },
  { id: 'close', keys: ['Escape'], moment: 'targets', words: 'keys.close' },
  { id: 'outcome-1', keys: ['1'], moment: 'wrap-up', words: 'keys.outcome1' },
  { id: 'outcome-2', keys: ['2'], moment: 'wrap-up', words: 'keys.outcome2' },
  { id: 'outcome-3', keys: ['3'], moment: 'wrap-up', words: 'keys.outcome3' },
  { id: 'outcome-4', keys: ['4'], moment: 'wrap-up', words: 'keys.outcome4' },
  { id: 'outcome-5', keys: ['5'], moment: 'wrap-up', words: 'keys.outcome5' },
  { id: 'outcome-6', keys: ['6'], moment: 'wrap-up', words: 'keys.outcome6' },
  { id: 'finish-wrap-up', keys: ['Enter'], moment: 'wrap-up', words: 'keys.finish' },
  { id: 'search', keys: ['Control+K', '/'], moment: 'always', words: 'keys.search' },
  { id: 'help', keys: ['F1', '?'], moment: 'always', words: 'keys.help' },
] as const satisfies readonly Command[];

export type CommandId = (typeof commandCatalogue)[number]['id'];

/** Printed characters can be switched off (WCAG 2.1.4): voice control and slips of the hand type them. */
export const isSingleCharacter = (combination: string): boolean => combination.length === 1;
