import type { TrunkPresetView } from '@amtsleitung/contract';
import type { Words } from '../../shared/language/words.ts';

interface Field {
  readonly value: unknown;
  readonly basis: 'documented' | 'assumed';
  readonly source?: string | undefined;
}

/** The preset's field at a path like `settings.identity.header`. */
function fieldAt(preset: TrunkPresetView, path: string): Field | undefined {
  const found = path
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], preset);
  return typeof found === 'object' && found !== null && 'basis' in found ? (found as Field) : undefined;
}

const same = (left: unknown, right: unknown): boolean =>
  JSON.stringify(left ?? '') === JSON.stringify(right ?? '') || String(left ?? '') === String(right ?? '');

/**
 * How sure a field's value is, in a sentence: documented (with the number of the source), assumed, or changed here.
 * Undefined: the provider has no habit there.
 */
export function basisSentence(
  preset: TrunkPresetView | undefined,
  path: string,
  value: unknown,
  w: Words,
): string | undefined {
  const field = preset && fieldAt(preset, path);
  // An empty text is no habit: only the contract knows what belongs there.
  if (preset === undefined || field === undefined || field.value === '') return undefined;
  if (!same(field.value, value)) return w('basis.changed');
  if (field.basis === 'assumed') return w('basis.assumed');
  const place = preset.sources.findIndex(({ id }) => id === field.source);
  return w('basis.documented', { source: place + 1 });
}
