import { headerValues, listsToken, parseNameAddress, parseSipUri, unquote } from '@amtsleitung/sip';
import type { NameAddress, SipRequest } from '@amtsleitung/sip';

/** RFC 5626 §6: one of several flows of a phone. */
export interface OutboundFlow {
  readonly instance: string;
  readonly regId: number;
}

const longestInstance = 200;
const highestRegId = 2 ** 31 - 1;

/** The flow a contact names; undefined when it names none, or its phone does not speak of outbound (§6). */
export function readFlow(request: SipRequest, contact: NameAddress): OutboundFlow | undefined {
  if (!listsToken(request, 'Supported', 'outbound')) return undefined;
  const quoted = contact.parameters.get('+sip.instance') ?? '';
  const instance = unquote(quoted) ?? quoted;
  const regId = Number(contact.parameters.get('reg-id'));
  const isUsable = instance !== '' && instance.length <= longestInstance && /^[1-9]\d{0,9}$/.test(String(regId));
  return isUsable && regId <= highestRegId ? { instance, regId } : undefined;
}

/** §6: either nobody stands between, or the proxy next to the phone keeps its flows and says so by `ob`. */
export function isFirstHopOutbound(request: SipRequest, path: readonly string[]): boolean {
  if (headerValues(request, 'Via').length <= 1) return true;
  return parseSipUri(parseNameAddress(path.at(-1) ?? '')?.uri ?? '')?.parameters.has('ob') ?? false;
}
