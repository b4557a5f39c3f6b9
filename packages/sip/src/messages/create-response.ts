import { headerValue } from './header-access.ts';
import { fullHeaderName } from './header-name.ts';
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

const copiedOnce = ['From', 'To', 'Call-ID', 'CSeq'];

/** A response to `request`, RFC 3261 §8.2.6. Works for requests with missing or unreadable headers, too. */
export function createResponse(request: SipRequest, status: number, content: ResponseContent = {}): SipResponse {
  const headers: Header[] = [];
  const first: (Header | undefined)[] = [];
  for (const header of request.headers) {
    const name = fullHeaderName(header.name);
    if (name === 'Via') headers.push(header);
    const place = copiedOnce.indexOf(name);
    if (place >= 0) first[place] ??= header;
  }
  for (const [place, name] of copiedOnce.entries()) {
    const header = first[place];
    if (header) headers.push(name === 'To' && content.toTag !== undefined ? tagged(header, content.toTag) : header);
  }
  // RFC 3261 §8.2.6.1
  const timestamp = status === 100 ? headerValue(request, 'Timestamp') : undefined;
  if (timestamp !== undefined) headers.push({ name: 'Timestamp', value: timestamp });
  if (content.headers) headers.push(...content.headers);
  return sipResponse(status, content.reason ?? statusPhrase(status), headers, content.body ?? emptyBody);
}

const tagged = (to: Header, tag: string): Header =>
  hasTag(to.value) ? to : { name: 'To', value: `${to.value};tag=${tag}` };

function hasTag(value: string): boolean {
  const address = parseNameAddress(value);
  return address ? tagOf(address) !== undefined : /;\s*tag\s*=/i.test(value);
}
