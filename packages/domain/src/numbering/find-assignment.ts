import type { HeadNumber, NumberAssignment } from './head-number.ts';
import { headsOf } from './write-number.ts';

/** What stands behind a full number of this house. */
export type NumberLookup =
  | { readonly kind: 'assigned'; readonly assignment: NumberAssignment }
  /** Under one of our heads, but nobody has it. */
  | { readonly kind: 'unassigned' }
  | { readonly kind: 'foreign' };

/**
 * Finds the place of `e164` under the longest head that has it. The bare head is the switchboard's place `0`;
 * extensions of different lengths (0, 12, 123, 1234) live beside each other.
 */
export function findAssignment(
  e164: string,
  heads: readonly HeadNumber[],
  assignmentOf: (headNumberId: string, extension: string) => NumberAssignment | undefined,
): NumberLookup {
  const candidates = headsOf(e164, heads);
  for (const head of candidates) {
    const assignment = assignmentOf(head.id, e164.slice(head.e164.length) || '0');
    if (assignment) return { kind: 'assigned', assignment };
  }
  return { kind: candidates.length > 0 ? 'unassigned' : 'foreign' };
}
