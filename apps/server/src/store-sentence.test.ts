import { StoreError } from '@amtsleitung/store';
import { expect, it } from 'vitest';
import { storeSentence } from './store-sentence.ts';

it('names the case and the remedy in one German sentence', () => {
  const error = new StoreError('not-empty', 'in use', 'choose another', { about: '/srv/haus' });
  expect(storeSentence(error)).toBe('Das Ziel /srv/haus ist nicht leer: Wählen Sie mit --data einen leeren Ordner.');
  const unreachable = (about?: string) => storeSentence(new StoreError('unreachable', 'x', 'y', { about }));
  expect(unreachable('ECONNREFUSED')).toContain('nicht erreichbar (ECONNREFUSED):');
  expect(unreachable()).toContain('nicht erreichbar:');
});
