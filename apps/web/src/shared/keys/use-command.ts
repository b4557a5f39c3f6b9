import { useEffect, useRef } from 'react';
import { readChoice, writeChoice } from '../look/browser-choice.ts';
import { createStore } from '../look/store.ts';
import { commandCatalogue, isSingleCharacter, type Command, type CommandId } from './command-catalogue.ts';
import { combinationOf, writesText } from './key-combination.ts';

interface Handler {
  readonly id: CommandId;
  readonly run: () => void;
}

/** Latest first: a panel that has opened takes the key before the page behind it. */
let handlers: readonly Handler[] = [];
const commands: readonly Command[] = commandCatalogue;

export const singleCharacters = createStore<'on' | 'off'>(readChoice('single-characters', ['on', 'off']) ?? 'on');
singleCharacters.subscribe(() => writeChoice('single-characters', singleCharacters.get()));

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(?:checkbox|radio|range|button)$/.test(target.type));

/** Enter on a button or link presses it; in an open menu or dialog such keys belong to that. */
const ownsKey = (target: EventTarget | null, combination: string): boolean =>
  target instanceof HTMLElement &&
  ((combination === 'Escape' && target.closest('[role=dialog], [role=menu]') !== null) ||
    (combination === 'Enter' && target.closest('button, a, [role=option], [role=menuitem]') !== null) ||
    (writesText(combination) && target.closest('[role=dialog], [role=menu], [role=listbox]') !== null));

function handlerFor(event: KeyboardEvent): Handler | undefined {
  const combination = combinationOf(event);
  if ((writesText(combination) && isWriting(event.target)) || ownsKey(event.target, combination)) return undefined;
  if (isSingleCharacter(combination) && singleCharacters.get() === 'off') return undefined;
  const matching = new Set(commands.filter((command) => command.keys.includes(combination)).map(({ id }) => id));
  return handlers.find((handler) => matching.has(handler.id));
}

addEventListener(
  'keydown',
  (event) => {
    const handler = handlerFor(event);
    if (handler === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) handler.run();
  },
  { capture: true },
);

/** Runs `run` when the command's key is pressed, as long as `active`. */
export function useCommand(id: CommandId, run: () => void, active = true): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!active) return undefined;
    const handler: Handler = { id, run: () => latest.current() };
    handlers = [handler, ...handlers];
    return () => {
      handlers = handlers.filter((other) => other !== handler);
    };
  }, [id, active]);
}
