/** A message body with its type. */
export interface Body {
  readonly contentType: string;
  readonly content: Uint8Array;
}

const sdpType = 'application/sdp';

export function sdpBody(sdp: string): Body {
  return { contentType: sdpType, content: new TextEncoder().encode(sdp) };
}
