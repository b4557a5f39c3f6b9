import { describe, expect, it } from 'vitest';
import type { TrunkPresetView } from '@amtsleitung/contract';
import type { Words } from '../../shared/language/words.ts';
import { basisSentence } from './preset-basis.ts';

const w: Words = (id, values) => `${id} ${String(values?.['source'] ?? '')}`.trim();
const preset = {
  sources: [
    { id: 'a', title: 'A' },
    { id: 'b', title: 'B' },
  ],
  transport: { value: '', basis: 'assumed' },
  host: { value: 'sip.example', basis: 'documented', source: 'b' },
  port: { value: null, basis: 'assumed' },
  settings: {
    registerSeconds: { value: 600, basis: 'assumed' },
    dialledFrom: { value: ['to'], basis: 'documented', source: 'a' },
  },
} as unknown as TrunkPresetView;

describe('how sure a field is', () => {
  it('is told with its source, or that it is assumed', () => {
    expect(basisSentence(preset, 'host', 'sip.example', w)).toBe('basis.documented 2');
    expect(basisSentence(preset, 'settings.dialledFrom', ['to'], w)).toBe('basis.documented 1');
    expect(basisSentence(preset, 'port', '', w)).toBe('basis.assumed');
    expect(basisSentence(preset, 'settings.registerSeconds', '600', w)).toBe('basis.assumed');
  });
  it('is void once it was changed', () =>
    expect(basisSentence(preset, 'host', 'other.example', w)).toBe('basis.changed'));
  it('is nobody’s where the provider has no habit', () => {
    expect(basisSentence(preset, 'settings.guard', 1, w)).toBeUndefined();
    expect(basisSentence(preset, 'transport', 'x', w)).toBeUndefined();
    expect(basisSentence(undefined, 'host', 'x', w)).toBeUndefined();
  });
});
