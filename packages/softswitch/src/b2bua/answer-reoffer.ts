import type { Renegotiation } from '@amtsleitung/media';
import { sdpBody, sdpOf } from '@amtsleitung/sip';
import type { Reoffer } from '@amtsleitung/sip';
import { statusOfMediaError } from './media-leg.ts';
import type { MediaLeg } from './media-leg.ts';

/**
 * Answers a new description of the far side, or its question for ours. Undefined: nothing has changed, also when it
 * could not be agreed on; then the call goes on as it was (RFC 3261 §14.2).
 */
export async function answerReoffer(
  reoffer: Reoffer,
  media: MediaLeg,
): Promise<Renegotiation['remoteDirection'] | undefined> {
  try {
    const offer = sdpOf(reoffer.request);
    if (offer === undefined) {
      reoffer.accept(sdpBody(await media.describe()));
      return undefined;
    }
    const { answerSdp, remoteDirection } = await media.renegotiate(offer);
    reoffer.accept(sdpBody(answerSdp));
    return remoteDirection;
  } catch (error) {
    // E.g. a fax machine, which is not welcome.
    reoffer.reject(statusOfMediaError(error));
    return undefined;
  }
}
