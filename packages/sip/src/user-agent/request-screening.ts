import { mediaTypeOf } from '../messages/body.ts';
import { emergencyServiceOf } from '../messages/emergency-service.ts';
import { headerValue, listValues } from '../messages/header-access.ts';
import { maxForwardsOf, toOf } from '../messages/message-fields.ts';
import type { Header, SipRequest } from '../messages/sip-message.ts';
import { parseSipUri, uriScheme } from '../messages/sip-uri.ts';
import { isIntervalTooSmall, minimumSessionSeconds } from '../dialogs/session-timer.ts';

export interface ScreeningRules {
  /** Methods served. */
  readonly methods: readonly string[];
  /** Option tags understood. */
  readonly supported: readonly string[];
}

export interface Refusal {
  readonly status: number;
  readonly headers: readonly Header[];
}

const knownMethods = ['INVITE', 'ACK', 'CANCEL', 'BYE', 'OPTIONS', 'REGISTER', 'INFO', 'UPDATE', 'REFER'].concat([
  'NOTIFY',
  'SUBSCRIBE',
  'MESSAGE',
  'PRACK',
  'PUBLISH',
]);

/** What every UAS refuses before it looks at the meaning of a request, RFC 3261 §8.2, in its order. */
export function refuseRequest(request: SipRequest, rules: ScreeningRules): Refusal | undefined {
  return (
    refuseMethod(request, rules) ??
    refuseUri(request) ??
    refuseRecord(request) ??
    refuseHops(request) ??
    refuseReplaces(request) ??
    refuseExtensions(request, rules) ??
    refuseContent(request) ??
    refuseAccept(request) ??
    refuseInterval(request)
  );
}

/** §8.2.1 */
function refuseMethod(request: SipRequest, rules: ScreeningRules): Refusal | undefined {
  if (rules.methods.includes(request.method)) return undefined;
  const headers = [{ name: 'Allow', value: rules.methods.join(', ') }];
  return { status: knownMethods.includes(request.method) ? 405 : 501, headers };
}

/** §8.2.2.1; a call for help may name a service (RFC 5031). */
function refuseUri(request: SipRequest): Refusal | undefined {
  const scheme = uriScheme(request.uri);
  if (scheme === 'sip' || scheme === 'sips' || scheme === 'tel') return undefined;
  return emergencyServiceOf(request.uri) ? undefined : { status: 416, headers: [] };
}

/** §10.3: an address of record is a SIP URI. */
function refuseRecord(request: SipRequest): Refusal | undefined {
  if (request.method !== 'REGISTER' || parseSipUri(toOf(request)?.uri ?? '')) return undefined;
  return { status: 400, headers: [] };
}

/** §16.3: we pass calls on, so they may not go round; what ends here is answered all the same (RFC 4475 §3.3.11). */
function refuseHops(request: SipRequest): Refusal | undefined {
  const endsHere = request.method === 'OPTIONS' || request.method === 'REGISTER';
  return maxForwardsOf(request) > 0 || endsHere ? undefined : { status: 483, headers: [] };
}

/** RFC 3891 §3: only an INVITE can replace something, and not one that wants to join it (RFC 3911 §4), too. */
function refuseReplaces(request: SipRequest): Refusal | undefined {
  if (headerValue(request, 'Replaces') === undefined) return undefined;
  const isMeant = request.method === 'INVITE' && headerValue(request, 'Join') === undefined;
  return isMeant ? undefined : { status: 400, headers: [] };
}

/** §8.2.2.3 */
function refuseExtensions(request: SipRequest, rules: ScreeningRules): Refusal | undefined {
  const unknown = listValues(request, 'Require').filter((tag) => !rules.supported.includes(tag.toLowerCase()));
  return unknown.length === 0
    ? undefined
    : { status: 420, headers: [{ name: 'Unsupported', value: unknown.join(', ') }] };
}

/** §8.2.3 */
function refuseContent(request: SipRequest): Refusal | undefined {
  if (request.body.length === 0) return undefined;
  const encodings = listValues(request, 'Content-Encoding').filter((one) => one.toLowerCase() !== 'identity');
  if (encodings.length > 0) return { status: 415, headers: [{ name: 'Accept-Encoding', value: 'identity' }] };
  if (request.method !== 'INVITE' && request.method !== 'UPDATE') return undefined;
  const type = mediaTypeOf(request);
  const isOptional = /;\s*handling\s*=\s*optional/i.test(headerValue(request, 'Content-Disposition') ?? '');
  const isReadable = type === 'application/sdp' || type.startsWith('multipart/') || isOptional;
  return isReadable ? undefined : { status: 415, headers: [{ name: 'Accept', value: 'application/sdp' }] };
}

/** RFC 4475 §3.3.15: an INVITE whose answer may not be SDP cannot be answered. */
function refuseAccept(request: SipRequest): Refusal | undefined {
  if (request.method !== 'INVITE') return undefined;
  const accepted = listValues(request, 'Accept').map((value) => value.split(';', 1)[0]!.trim().toLowerCase());
  const takesSdp = ['application/sdp', 'application/*', '*/*'].some((type) => accepted.includes(type));
  return accepted.length === 0 || takesSdp ? undefined : { status: 406, headers: [] };
}

/** RFC 4028 §9 */
function refuseInterval(request: SipRequest): Refusal | undefined {
  if (request.method !== 'INVITE' && request.method !== 'UPDATE') return undefined;
  if (!isIntervalTooSmall(request)) return undefined;
  return { status: 422, headers: [{ name: 'Min-SE', value: String(minimumSessionSeconds) }] };
}
