import { expect, it } from 'vitest';
import type { TrunkStateView } from '@amtsleitung/contract';
import { trunkLook } from './trunk-look.ts';

const state = (status: TrunkStateView['status']): TrunkStateView => ({
  trunkId: 't',
  status,
  since: 0,
  calls: { incoming: 0, outgoing: 0 },
});
const words = (registerSeconds: number, optionsSeconds: number): readonly string[] =>
  (['up', 'down', 'off', 'starting'] as const).map(
    (status) => trunkLook(state(status), { registerSeconds, optionsSeconds }).word,
  );

it('a trunk is told in words that fit how it is known', () => {
  expect(words(600, 0)).toEqual([
    'trunkState.registered',
    'trunkState.down',
    'trunkState.off',
    'trunkState.registering',
  ]);
  expect(words(0, 20)).toEqual(['trunkState.up', 'trunkState.down', 'trunkState.off', 'trunkState.starting']);
  expect(words(0, 0).at(-1)).toBe('trunkState.unasked');
  expect(trunkLook(undefined, { registerSeconds: 600, optionsSeconds: 0 }).word).toBe('trunkState.registering');
});
