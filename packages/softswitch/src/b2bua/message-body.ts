import { mediaTypeOf } from '@amtsleitung/sip';
import type { SipMessage } from '@amtsleitung/sip';

/** Whether a description is meant for WebRTC (RFC 8827): DTLS-SRTP. */
export const isBrowserSdp = (sdp: string): boolean => /^m=audio \d+ UDP\/TLS\/RTP\/SAVPF? /m.test(sdp);

/** Whether a description brings keys of its own (RFC 4568): RTP/SAVP. */
export const isSrtpSdp = (sdp: string): boolean => /^m=audio \d+ RTP\/SAVPF? /m.test(sdp);

/** The digit of an INFO, in the two forms phones use; undefined when it holds none. */
export function digitOfInfo(message: SipMessage): string | undefined {
  const text = new TextDecoder().decode(message.body.subarray(0, 200));
  const type = mediaTypeOf(message);
  const written =
    type === 'application/dtmf-relay'
      ? /^\s*Signal\s*=\s*(\S{1,2})/im.exec(text)?.[1]
      : type === 'application/dtmf'
        ? text.trim()
        : undefined;
  if (written === '10') return '*';
  if (written === '11') return '#';
  return written !== undefined && /^[0-9*#A-D]$/i.test(written) ? written.toUpperCase() : undefined;
}
