/** One header field. Names are written in full (`Via`, never `v`); list headers that are routed on hold one value each. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** A request as a plain record that nobody changes, RFC 3261 §7.1. */
export interface SipRequest {
  readonly kind: 'request';
  readonly method: string;
  /** Request-URI as written; may have any scheme. See `parseSipUri`. */
  readonly uri: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

/** A response as a plain record that nobody changes, RFC 3261 §7.2. */
export interface SipResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

export type SipMessage = SipRequest | SipResponse;

/** No body. */
export const emptyBody: Uint8Array = new Uint8Array(0);

export function sipRequest(
  method: string,
  uri: string,
  headers: readonly Header[],
  body: Uint8Array = emptyBody,
): SipRequest {
  return { kind: 'request', method, uri, headers, body };
}

export function sipResponse(
  status: number,
  reason: string,
  headers: readonly Header[],
  body: Uint8Array = emptyBody,
): SipResponse {
  return { kind: 'response', status, reason, headers, body };
}
