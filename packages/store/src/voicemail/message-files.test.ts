import { sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messagePath } from './message-files.ts';

describe('the path of a message file', () => {
  it('lies in the folder of messages', () => {
    expect(messagePath('/data', 'messages/town/m1.wav')).toBe('/data/messages/town/m1.wav');
    expect(messagePath('/data', './messages/a/../m1.wav')).toBe('/data/messages/m1.wav');
  });

  it.each([
    '',
    '.',
    '..',
    '/etc/passwd',
    '../x',
    'a/../../x',
    'messages/',
    'database/x',
    './spool/x',
    'messages',
    'messages/../certificate/key',
    'messages/a\0b',
  ])('is refused for %j', (file) => expect(messagePath('/data', file)).toBeUndefined());

  it('never leaves that folder', () => {
    const part = fc.oneof(fc.constantFrom('..', '.', '', 'messages', 'run'), fc.string());
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const path = messagePath('/data', parts.join(sep));
        if (path !== undefined)
          expect(path.startsWith('/data/messages/') && !path.split(sep).includes('..')).toBe(true);
      }),
    );
  });
});
