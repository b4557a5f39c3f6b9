import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyNumber, emergencyDigits } from '../numbering/number-class.ts';
import { featureCodes, parseFeature } from './feature-codes.ts';

describe('codes that a phone may dial', () => {
  it.each([
    ['*8', { kind: 'pick-up' }],
    ['*8120', { kind: 'pick-up', extension: '120' }],
    ['*5', { kind: 'park' }],
    ['*517', { kind: 'park', orbit: '17' }],
    ['*26#', { kind: 'do-not-disturb', on: true }],
    ['%2326%23', { kind: 'do-not-disturb', on: false }],
    ['*21*030123456#', { kind: 'forwarding', when: 'always', to: '030123456' }],
    ['**21*121', { kind: 'forwarding', when: 'always', to: '121' }],
    ['*67*121#', { kind: 'forwarding', when: 'busy', to: '121' }],
    ['*61*+4930123456#', { kind: 'forwarding', when: 'noAnswer', to: '+4930123456' }],
    ['#61#', { kind: 'forwarding', when: 'noAnswer', to: '' }],
    ['##21#', { kind: 'forwarding', when: 'always', to: '' }],
    ['*31#030 123456', { kind: 'hide-number', number: '030 123456' }],
    ['*30', { kind: 'log-in' }],
    ['*30#', { kind: 'log-out' }],
    ['*30123456', { kind: 'log-in', code: '123456' }],
    ['*30*120*864201#', { kind: 'log-in', extension: '120', pin: '864201' }],
  ])('%s', (dialled, feature) => expect(parseFeature(dialled)).toEqual(feature));

  it.each(['', '8', '*', '*9', '*812345678', '*30*120*1#', '*21#', '*5123', '*31#', '112', '*21*evil#'])(
    '%s is none',
    (dialled) => expect(parseFeature(dialled)).toBeUndefined(),
  );

  it('never swallow a number or a call for help', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[+0-9 ()/-]{0,24}$/), (dialled) => {
        expect(parseFeature(dialled)).toBeUndefined();
      }),
    );
    for (const help of ['110', '112', '0112', '+49112']) {
      expect(parseFeature(help)).toBeUndefined();
      expect(emergencyDigits(help)).toBeDefined();
    }
    expect(classifyNumber('*21')).toBe('unknown');
  });

  it('any string has an answer, quickly', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => void parseFeature(text)));
  });

  it('stand in the handbook as they are', () => {
    const handbook = readFileSync(fileURLToPath(new URL('../../../../docs/feature-codes.md', import.meta.url)), 'utf8');
    const rows = featureCodes.map(({ written, de, en }) => `| \`${written}\` | ${de} | ${en} |`);
    expect(handbook.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows);
  });
});
