import { headerValue, listsToken } from './header-access.ts';
import type { Header, SipMessage, SipRequest, SipResponse } from './sip-message.ts';
import { isToken, parseNumber } from './token.ts';

/** RFC 3262 §7.1, §7.2 */
const maximumRSeq = 2 ** 32 - 1;

/** Which provisional response a PRACK acknowledges, RFC 3262 §7.2. */
export interface RAck {
  readonly rseq: number;
  readonly cseq: number;
  readonly method: string;
}

export function rackOf(request: SipRequest): RAck | undefined {
  const match = /^([0-9]+)\s+([0-9]+)\s+(\S+)$/.exec(headerValue(request, 'RAck')?.trim() ?? '');
  const rseq = match ? parseNumber(match[1]!, maximumRSeq) : undefined;
  const cseq = match ? parseNumber(match[2]!, 2 ** 31 - 1) : undefined;
  if (!match || rseq === undefined || cseq === undefined || !isToken(match[3]!)) return undefined;
  return { rseq, cseq, method: match[3]! };
}

export function rackHeader(rack: RAck): Header {
  return { name: 'RAck', value: `${rack.rseq} ${rack.cseq} ${rack.method}` };
}

/** The number of a reliable provisional response; undefined when it is not one (RFC 3262 §4). */
export function reliableSequenceOf(response: SipResponse): number | undefined {
  const isProvisional = response.status > 100 && response.status < 200;
  if (!isProvisional || !listsToken(response, 'Require', '100rel')) return undefined;
  return parseNumber(headerValue(response, 'RSeq')?.trim() ?? '', maximumRSeq);
}

/** Whether the sender of an INVITE can take reliable provisional responses, or wants no others. */
export function reliabilityOf(request: Pick<SipMessage, 'headers'>): 'none' | 'supported' | 'required' {
  if (listsToken(request, 'Require', '100rel')) return 'required';
  return listsToken(request, 'Supported', '100rel') ? 'supported' : 'none';
}
