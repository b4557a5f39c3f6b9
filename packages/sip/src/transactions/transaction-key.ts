import { callIdOf, cseqOf, fromTagOf, toTagOf, topVia } from '../messages/message-fields.ts';
import { headerValue } from '../messages/header-access.ts';
import type { SipRequest, SipResponse } from '../messages/sip-message.ts';
import { branchCookie } from '../messages/via.ts';

/** RFC 3261 §17.1.3: branch and CSeq method. */
export function clientKey(branch: string, method: string): string {
  return `${branch}|${method}`;
}

export function clientKeyOf(response: SipResponse): string {
  return clientKey(topVia(response)?.parameters.get('branch') ?? '', cseqOf(response)?.method ?? '');
}

/**
 * RFC 3261 §17.2.3. An ACK has the key of its INVITE; `method` asks for another transaction on the same branch
 * (the INVITE that a CANCEL means).
 */
export function serverKey(request: SipRequest, method: string = request.method): string {
  const via = topVia(request);
  const matched = method === 'ACK' ? 'INVITE' : method;
  const branch = via?.parameters.get('branch') ?? '';
  if (branch.startsWith(branchCookie)) {
    return `${branch}|${via!.host.toLowerCase()}:${via!.port ?? ''}|${matched}`;
  }
  // §17.2.3, RFC 2543 clients: everything that stays the same between a request and its repetition.
  const sameForAll = [request.uri, fromTagOf(request), callIdOf(request), cseqOf(request)?.number];
  return `2543|${sameForAll.join('|')}|${headerValue(request, 'Via') ?? ''}|${matched}`;
}

/** RFC 3261 §8.2.2.2: equal for copies of one request that came on different ways; undefined inside a dialog. */
export function mergeKey(request: SipRequest): string | undefined {
  if (toTagOf(request) !== '') return undefined;
  return `${callIdOf(request)}|${fromTagOf(request)}|${headerValue(request, 'CSeq') ?? ''}`;
}
