import { parseNameAddress } from '../messages/name-address.ts';
import { parseSipUri } from '../messages/sip-uri.ts';
import { sipRequest } from '../messages/sip-message.ts';
import type { Header, SipRequest } from '../messages/sip-message.ts';
import type { DialogState } from './dialog-state.ts';

export interface DialogRequestParts {
  readonly headers: readonly Header[];
  readonly body?: Uint8Array;
}

/** Our next request inside the dialog, without Via, and the dialog after it. §12.2.1.1 */
export function dialogRequest(
  dialog: DialogState,
  method: string,
  parts: DialogRequestParts,
): { readonly request: SipRequest; readonly dialog: DialogState } {
  const localCSeq = dialog.localCSeq + 1;
  return { request: build(dialog, method, localCSeq, parts), dialog: { ...dialog, localCSeq } };
}

/** The ACK for a 2xx to the INVITE with that CSeq, without Via. §13.2.2.4 */
export function dialogAck(dialog: DialogState, inviteCSeq: number, parts: DialogRequestParts): SipRequest {
  return build(dialog, 'ACK', inviteCSeq, parts);
}

function build(dialog: DialogState, method: string, cseq: number, parts: DialogRequestParts): SipRequest {
  const { uri, routes } = routed(dialog.remoteTarget, dialog.routeSet);
  const headers: Header[] = [
    ...routes.map((value) => ({ name: 'Route', value })),
    { name: 'Max-Forwards', value: '70' },
    { name: 'From', value: dialog.local },
    { name: 'To', value: dialog.remote },
    { name: 'Call-ID', value: dialog.callId },
    { name: 'CSeq', value: `${cseq} ${method}` },
    ...parts.headers,
  ];
  return sipRequest(method, uri, headers, parts.body);
}

export interface Routing {
  readonly uri: string;
  readonly routes: readonly string[];
}

/** §12.2.1.1: loose routers keep the target in the Request-URI; a strict one is put there, and the target last. */
export function routed(target: string, routeSet: readonly string[]): Routing {
  const first = routeSet[0];
  if (first === undefined || isLoose(first)) return { uri: target, routes: routeSet };
  const uri = parseNameAddress(first)?.uri ?? target;
  return { uri, routes: [...routeSet.slice(1), `<${target}>`] };
}

function isLoose(route: string): boolean {
  return parseSipUri(parseNameAddress(route)?.uri ?? '')?.parameters.has('lr') ?? true;
}

/** The URI our next request travels to first: the first route or else the remote target. §12.2.1.1 */
export function nextHop(dialog: DialogState): string {
  const first = dialog.routeSet[0];
  return (first === undefined ? undefined : parseNameAddress(first)?.uri) ?? dialog.remoteTarget;
}
