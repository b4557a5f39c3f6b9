import { headerValue, withHeader } from '../messages/header-access.ts';
import { withParameter } from '../messages/parameters.ts';
import type { ParseOutcome } from '../messages/parse-outcome.ts';
import { sipRequest } from '../messages/sip-message.ts';
import type { SipRequest } from '../messages/sip-message.ts';
import { parseVia, printVia } from '../messages/via.ts';
import type { Source } from './destination.ts';
import { withoutZone } from './local-address.ts';
import type { TransportHandlers } from './transport.ts';

/** Hands on what was read. False for noise, so that a connection can count it. */
export function deliver(outcome: ParseOutcome, source: Source, handlers: TransportHandlers): boolean {
  if (outcome.kind === 'message') {
    const { message } = outcome;
    handlers.message(message.kind === 'request' ? stampVia(message, source) : message, source);
  } else if (outcome.kind === 'unreadable') {
    handlers.unreadable({ ...outcome, request: stampVia(outcome.request, source) }, source);
  }
  return outcome.kind === 'message';
}

/** Writes where the request really came from into its top Via: RFC 3261 §18.2.1, RFC 3581 §4. */
function stampVia(request: SipRequest, source: Source): SipRequest {
  const via = parseVia(headerValue(request, 'Via') ?? '');
  if (!via) return request;
  const received = withParameter(via.parameters, 'received', withoutZone(source.address));
  const parameters = via.parameters.has('rport') ? withParameter(received, 'rport', String(source.port)) : received;
  const headers = withHeader(request.headers, 'Via', printVia({ ...via, parameters }));
  return sipRequest(request.method, request.uri, headers, request.body);
}
