import { hashHex } from '@amtsleitung/base';
import type { Trunk } from '@amtsleitung/domain';

/**
 * User part of our Contact towards a trunk: what the provider writes into the Request-URI of our calls. It tells lines
 * to the same provider apart, is no number, and names nobody.
 */
export const contactUserOf = (trunk: Pick<Trunk, 'id'>): string => `amt-${hashHex('sha256', trunk.id).slice(0, 16)}`;
