import type { Trunk } from '@amtsleitung/domain';
import type { Account } from '../registrar/account.ts';

/** Who sent a request, as proven by address or digest. */
export type Identity =
  | { readonly kind: 'trunk'; readonly trunk: Trunk }
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'stranger' };
