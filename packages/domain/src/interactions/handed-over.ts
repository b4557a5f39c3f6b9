import type { Charge } from './charge.ts';
import type { Side } from './side.ts';

/** Somebody on the way from one call to another. */
export type HandedOver =
  | {
      readonly kind: 'talking';
      readonly side: Side;
      readonly charge?: Charge;
      /** Ends the call they came from; their line is never free in between. */
      readonly finish: () => void;
    }
  /** Nobody has answered yet: that call is over, `dialled` (perhaps behind `*31#`) is to be rung instead. */
  | { readonly kind: 'ringing'; readonly dialled: string };
