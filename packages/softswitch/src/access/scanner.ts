import { headerValue, parseNameAddress, parseSipUri } from '@amtsleitung/sip';
import type { SipRequest } from '@amtsleitung/sip';

const tools = /friendly-scanner|friendly-request|sipvicious|sipcli|sip-?scan|sundayddr|vaxsip|iwar|svmap|pplsip|gulp/i;

/** Whether a request names itself as one of the tools that look for telephone systems to abuse. They get no answer at all. */
export function isScanner(request: SipRequest): boolean {
  const from = parseNameAddress(headerValue(request, 'From') ?? '');
  return [
    headerValue(request, 'User-Agent'),
    from?.displayName,
    parseSipUri(from?.uri ?? '')?.user,
    parseSipUri(request.uri)?.user,
  ].some((text) => text !== undefined && tools.test(text));
}
