import { parseFeature } from './feature-codes.ts';

/** `*31#` before a number hides the own one; every other code is no number. */
export function numberIn(dialled: string): { readonly dialled: string; readonly hideNumber: boolean } {
  const feature = parseFeature(dialled);
  return feature?.kind === 'hide-number'
    ? { dialled: feature.number, hideNumber: true }
    : { dialled, hideNumber: false };
}
