import { parseNameAddress, printNameAddress, withTag } from '../messages/name-address.ts';
import { sipRequest } from '../messages/sip-message.ts';
import type { Header, SipRequest } from '../messages/sip-message.ts';
import { routed } from '../dialogs/dialog-request.ts';
import { withBodyHeaders } from './message-parts.ts';
import type { RequestOptions } from './user-agent-options.ts';

export interface RequestIdentity {
  readonly method: string;
  readonly callId: string;
  readonly fromTag: string;
  readonly cseq: number;
  readonly contact: string;
}

const defaultMaxForwards = 70;

/** A request outside a dialog, without Via, RFC 3261 §8.1.1. */
export function buildRequest(options: RequestOptions, identity: RequestIdentity, own: readonly Header[]): SipRequest {
  const { uri, routes } = routed(options.requestUri, options.route ?? []);
  const headers: Header[] = [
    ...routes.map((value) => ({ name: 'Route', value })),
    { name: 'Max-Forwards', value: String(options.maxForwards ?? defaultMaxForwards) },
    { name: 'From', value: tagged(options.from, identity.fromTag) },
    { name: 'To', value: options.to },
    { name: 'Call-ID', value: identity.callId },
    { name: 'CSeq', value: `${identity.cseq} ${identity.method}` },
    ...(hasContact(options) ? [] : [{ name: 'Contact', value: identity.contact }]),
    ...own,
    ...(options.headers ?? []),
  ];
  return sipRequest(
    identity.method,
    uri,
    withBodyHeaders(headers, options.body),
    options.body?.content ?? new Uint8Array(0),
  );
}

/** The owner may bring its own, e.g. `expires=0` or `*` in a REGISTER. */
function hasContact(options: RequestOptions): boolean {
  return (options.headers ?? []).some((header) => header.name.toLowerCase() === 'contact');
}

function tagged(from: string, tag: string): string {
  const address = parseNameAddress(from);
  return address ? printNameAddress(withTag(address, tag)) : `${from};tag=${tag}`;
}
