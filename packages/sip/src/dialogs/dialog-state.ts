import { headerValues } from '../messages/header-access.ts';
import { callIdOf, contactOf, cseqOf, fromOf, toOf } from '../messages/message-fields.ts';
import { printNameAddress, tagOf, withTag } from '../messages/name-address.ts';
import type { NameAddress } from '../messages/name-address.ts';
import type { SipMessage, SipRequest, SipResponse } from '../messages/sip-message.ts';

/** A dialog as both ends hold it, RFC 3261 §12. */
export interface DialogState {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** From of our requests, with our tag. */
  readonly local: string;
  /** To of our requests, with their tag. */
  readonly remote: string;
  /** Request-URI of our requests: the far side's Contact. */
  readonly remoteTarget: string;
  /** Route of our requests, in order. */
  readonly routeSet: readonly string[];
  readonly localCSeq: number;
  /** Undefined until the far side has sent a request. */
  readonly remoteCSeq: number | undefined;
}

/** The dialog that our answer with a To tag makes of a request, §12.1.1. */
export function dialogOfRequest(request: SipRequest, localTag: string, localCSeq: number): DialogState {
  return {
    callId: callIdOf(request),
    localTag,
    // §12.1.1: a missing tag is an empty one (RFC 2543 callers).
    remoteTag: tagOf(fromOf(request)) ?? '',
    local: printTagged(toOf(request), localTag),
    remote: printAddress(fromOf(request)),
    remoteTarget: contactOf(request)?.uri ?? fromOf(request)?.uri ?? '',
    routeSet: headerValues(request, 'Record-Route'),
    localCSeq,
    remoteCSeq: cseqOf(request)?.number,
  };
}

/** The dialog that a 101–299 response makes of our request, §12.1.2. Undefined without a To tag. */
export function dialogOfResponse(request: SipRequest, response: SipResponse): DialogState | undefined {
  const remoteTag = tagOf(toOf(response));
  if (remoteTag === undefined) return undefined;
  return {
    callId: callIdOf(request),
    localTag: tagOf(fromOf(request)) ?? '',
    remoteTag,
    local: printAddress(fromOf(request)),
    remote: printAddress(toOf(response)),
    remoteTarget: contactOf(response)?.uri ?? request.uri,
    routeSet: [...headerValues(response, 'Record-Route')].reverse(),
    localCSeq: cseqOf(request)?.number ?? 0,
    remoteCSeq: undefined,
  };
}

function printAddress(address: NameAddress | undefined): string {
  return address ? printNameAddress(address) : '';
}

function printTagged(address: NameAddress | undefined, tag: string): string {
  return address ? printNameAddress(withTag(address, tag)) : '';
}

/** §12.2.1.2, §12.2.2: the Contact of a target refresh (INVITE, UPDATE) and of its 2xx is the new remote target. */
export function refreshTarget(dialog: DialogState, message: SipMessage): DialogState {
  const target = contactOf(message)?.uri;
  return target === undefined ? dialog : { ...dialog, remoteTarget: target };
}

/** §12.2.2: undefined when the request is older than one already seen; to be answered with 500. */
export function takeRequest(dialog: DialogState, request: SipRequest): DialogState | undefined {
  const number = cseqOf(request)?.number ?? 0;
  if (dialog.remoteCSeq !== undefined && number <= dialog.remoteCSeq) return undefined;
  return { ...dialog, remoteCSeq: number };
}
