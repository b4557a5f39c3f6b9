import type { Trunk } from '@amtsleitung/domain';
import type { SipRequest } from '@amtsleitung/sip';
import type { Place } from '../registrar/location.ts';

/**
 * RFC 4568 §8.3: keys in a session description are worth nothing when it travels in clear, and our answer would give away
 * our own. What a proxy of ours has passed on came as that proxy takes it.
 */
export const sendsKeysInClear = (request: SipRequest, trunk: Trunk, place: Place): boolean =>
  request.method === 'INVITE' && trunk.settings.srtp === 'required' && !place.secure && place.phone === undefined;
