import type { Person } from '../directory/person.ts';

/** Whom to ring: a colleague on all devices, or an outside number over the first trunk that carries it. */
export type RingTarget =
  | { readonly kind: 'person'; readonly person: Person }
  | {
      readonly kind: 'outside';
      readonly number: string;
      readonly trunkIds: readonly string[];
      /** What the outside sees. */
      readonly callerNumber?: string;
    };
