import { headerValue, headerValues } from './header-access.ts';
import { isHeader } from './header-name.ts';
import { parseNameAddress, tagOf } from './name-address.ts';
import { emptyBody, sipResponse } from './sip-message.ts';
import type { Header, SipRequest, SipResponse } from './sip-message.ts';
import { statusPhrase } from './status-phrase.ts';

export interface ResponseContent {
  readonly reason?: string;
  /** Added to To when it has none (RFC 3261 §8.2.6.2); not for 100. */
  readonly toTag?: string;
  readonly headers?: readonly Header[];
  readonly body?: Uint8Array;
}

const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'];

/** A response to `request`, RFC 3261 §8.2.6. Works for requests with missing or unreadable headers, too. */
export function createResponse(request: SipRequest, status: number, content: ResponseContent = {}): SipResponse {
  const headers: Header[] = copied.flatMap((name) =>
    headerValues(request, name)
      .slice(0, name === 'Via' ? undefined : 1)
      .map((value) => ({ name, value })),
  );
  const to = headers.findIndex((header) => isHeader(header.name, 'To'));
  if (to >= 0 && content.toTag !== undefined && !hasTag(headers[to]!.value)) {
    headers[to] = { name: 'To', value: `${headers[to]!.value};tag=${content.toTag}` };
  }
  // RFC 3261 §8.2.6.1
  const timestamp = status === 100 ? headerValue(request, 'Timestamp') : undefined;
  if (timestamp !== undefined) headers.push({ name: 'Timestamp', value: timestamp });
  headers.push(...(content.headers ?? []));
  return sipResponse(status, content.reason ?? statusPhrase(status), headers, content.body ?? emptyBody);
}

function hasTag(value: string): boolean {
  const address = parseNameAddress(value);
  return address ? tagOf(address) !== undefined : /;\s*tag\s*=/i.test(value);
}
