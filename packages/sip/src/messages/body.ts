import { headerValue } from './header-access.ts';
import { multipartParts } from './multipart.ts';
import type { SipMessage } from './sip-message.ts';

/** A message body with its type. */
export interface Body {
  readonly contentType: string;
  readonly content: Uint8Array;
}

const sdpType = 'application/sdp';

export function sdpBody(sdp: string): Body {
  return textBody(sdpType, sdp);
}

export function textBody(contentType: string, text: string): Body {
  return { contentType, content: new TextEncoder().encode(text) };
}

/** The type without parameters, in lower case; empty when there is no Content-Type. */
export function mediaTypeOf(message: Pick<SipMessage, 'headers'>): string {
  return mediaType(headerValue(message, 'Content-Type') ?? '');
}

/** The session description of a message: its body, or the part of a multipart body that is one. */
export function sdpOf(message: SipMessage): string | undefined {
  if (message.body.length === 0) return undefined;
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const type = mediaTypeOf(message);
  if (type === sdpType) return text(message.body);
  if (!type.startsWith('multipart/')) return undefined;
  const part = multipartParts(headerValue(message, 'Content-Type') ?? '', message.body).find(
    (candidate) => mediaType(candidate.contentType) === sdpType,
  );
  return part ? text(part.content) : undefined;
}

function mediaType(contentType: string): string {
  return contentType.split(';', 1)[0]!.trim().toLowerCase();
}
