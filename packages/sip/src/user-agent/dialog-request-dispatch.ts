import { createResponse } from '../messages/create-response.ts';
import { reasonsOf } from '../messages/reason.ts';
import { answerSessionTimer } from '../dialogs/session-timer.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import { IncomingRefer } from './incoming-refer.ts';
import { IncomingReoffer } from './incoming-reoffer.ts';
import { refuseRequest } from './request-screening.ts';
import { ServerRequest } from './server-request.ts';
import type { SessionUsage } from './session-usage.ts';

/** Methods served inside a session. */
export const dialogMethods = [
  'INVITE',
  'ACK',
  'CANCEL',
  'BYE',
  'OPTIONS',
  'INFO',
  'UPDATE',
  'PRACK',
  'REFER',
  'NOTIFY',
  'SUBSCRIBE',
  'MESSAGE',
];

/** Transfers a session may be busy with at once. */
const maximumRefers = 4;

/** Gives a request inside the dialog, in order and of this dialog, to what serves it. */
export function dispatchDialogRequest(usage: SessionUsage, transaction: ServerTransaction): void {
  const { request } = transaction;
  const refusal = refuseRequest(request, { methods: dialogMethods, supported: usage.core.supported });
  if (refusal) return transaction.respond(createResponse(request, refusal.status, { headers: refusal.headers }));
  switch (request.method) {
    case 'BYE':
      return takeBye(usage, transaction);
    case 'INVITE':
      return takeTargetRefresh(usage, transaction);
    case 'UPDATE':
      return request.body.length > 0 ? takeTargetRefresh(usage, transaction) : takeRefresh(usage, transaction);
    case 'REFER':
      return usage.refers.size < maximumRefers
        ? IncomingRefer.take(usage, transaction)
        : transaction.respond(createResponse(request, 491));
    case 'PRACK':
      return usage.takePrack(transaction);
    case 'SUBSCRIBE':
      return takeSubscribe(usage, transaction);
    default:
      return askOwner(usage, transaction);
  }
}

/** RFC 3261 §15.1.2 */
function takeBye(usage: SessionUsage, transaction: ServerTransaction): void {
  transaction.respond(createResponse(transaction.request, 200));
  usage.end({ by: 'remote', cause: 'bye', reasons: reasonsOf(transaction.request) });
}

function takeTargetRefresh(usage: SessionUsage, transaction: ServerTransaction): void {
  usage.channel.peer = transaction.source;
  IncomingReoffer.take(usage, transaction);
  // §17.2.1: the owner may take its time.
  const { request, lastStatus } = transaction;
  if (request.method === 'INVITE' && lastStatus === undefined) transaction.respond(createResponse(request, 100));
}

/** An UPDATE without offer only refreshes target and timer, RFC 3311 §5.2, RFC 4028 §9. */
function takeRefresh(usage: SessionUsage, transaction: ServerTransaction): void {
  const { request } = transaction;
  usage.channel.peer = transaction.source;
  usage.learnFrom(request);
  const session = answerSessionTimer(request);
  usage.restartTimer(session.timer);
  transaction.respond(createResponse(request, 200, { headers: [...usage.capabilities, ...session.headers] }));
}

/**
 * Only the subscription of a REFER lives inside a session, and none but a REFER begins it (RFC 3515 §2.4.4); others get
 * a dialog of their own (RFC 6665 §4.5.2).
 */
function takeSubscribe(usage: SessionUsage, transaction: ServerTransaction): void {
  const isTaken = [...usage.refers].some((refer) => refer.takeSubscribe(transaction));
  if (!isTaken) transaction.respond(createResponse(transaction.request, 403));
}

function askOwner(usage: SessionUsage, transaction: ServerTransaction): void {
  const { core, handlers } = usage;
  const { method } = transaction.request;
  const incoming = new ServerRequest({ transaction, timers: core.timers, toTag: usage.channel.state.localTag });
  const handler = method === 'INFO' ? handlers.info : handlers.request;
  if (handler) {
    if (!core.guard(method, () => handler.call(handlers, incoming))) incoming.respond(500);
  } else if (method === 'INFO' || method === 'OPTIONS') incoming.respond(200, { headers: core.capabilities });
  // RFC 6665 §4.1.3: no subscription that this could belong to.
  else incoming.respond(method === 'NOTIFY' ? 481 : 501);
}
