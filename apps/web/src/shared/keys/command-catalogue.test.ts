import { describe, expect, it } from 'vitest';
import { commandCatalogue, type CommandMoment } from './command-catalogue.ts';
import { combinationOf } from './key-combination.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey', boolean>> = {}) =>
  combinationOf({ key, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...held });

describe('the command catalogue', () => {
  it('names every command once', () => {
    const ids = commandCatalogue.map((command) => command.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
  it('gives no key two meanings at the same moment', () => {
    const together: readonly (readonly CommandMoment[])[] = [
      ['always', 'ringing'],
      ['always', 'call', 'targets'],
      ['always', 'wrap-up'],
    ];
    for (const moments of together) {
      const keys = commandCatalogue.filter((one) => moments.includes(one.moment)).flatMap((one) => [...one.keys]);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
  it('writes combinations the way keyboards report them', () => {
    expect(press('F2')).toBe('F2');
    expect(press('k', { ctrlKey: true })).toBe('Control+K');
    expect(press('k', { metaKey: true })).toBe('Control+K');
    expect(press('?', { shiftKey: true })).toBe('?');
    expect(press('Enter', { ctrlKey: true })).toBe('Control+Enter');
    expect(press('F2', { shiftKey: true })).toBe('Shift+F2');
  });
});
