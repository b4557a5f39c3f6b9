import { headerValue, listsToken } from '../messages/header-access.ts';
import { parseParameters } from '../messages/parameters.ts';
import type { Header, SipMessage, SipRequest, SipResponse } from '../messages/sip-message.ts';
import { parseNumber } from '../messages/token.ts';

/** RFC 4028: how long a session lives without a refresh, and who refreshes. */
export interface SessionTimer {
  readonly seconds: number;
  readonly refresher: 'local' | 'remote';
}

/** Smallest interval we accept, RFC 4028 §4. */
export const minimumSessionSeconds = 90;

export interface SessionExpires {
  readonly seconds: number;
  readonly refresher?: 'uac' | 'uas';
}

export function sessionExpiresOf(message: SipMessage): SessionExpires | undefined {
  const value = headerValue(message, 'Session-Expires');
  if (value === undefined) return undefined;
  const semicolon = value.indexOf(';');
  const seconds = parseNumber((semicolon < 0 ? value : value.slice(0, semicolon)).trim(), 2 ** 31 - 1);
  const refresher = parseParameters(semicolon < 0 ? '' : value.slice(semicolon))?.get('refresher');
  if (seconds === undefined) return undefined;
  return refresher === 'uac' || refresher === 'uas' ? { seconds, refresher } : { seconds };
}

/** RFC 4028 §9: the 422 this request deserves, if any. */
export function isIntervalTooSmall(request: SipRequest): boolean {
  const asked = sessionExpiresOf(request);
  return asked !== undefined && asked.seconds < minimumSessionSeconds && listsToken(request, 'Supported', 'timer');
}

/** What our 2xx to `request` agrees to (§9): the timer, and the headers that say so. */
export function answerSessionTimer(request: SipRequest): { timer?: SessionTimer; headers: readonly Header[] } {
  const asked = sessionExpiresOf(request);
  if (!asked) return { headers: [] };
  const seconds = Math.max(asked.seconds, minimumSessionSeconds);
  const canPeer = listsToken(request, 'Supported', 'timer');
  // §9 table 2: a peer without support cannot refresh.
  const refresher = canPeer ? (asked.refresher ?? 'uac') : 'uas';
  const headers: Header[] = [{ name: 'Session-Expires', value: `${seconds};refresher=${refresher}` }];
  if (refresher === 'uac') headers.push({ name: 'Require', value: 'timer' });
  return { timer: { seconds, refresher: refresher === 'uac' ? 'remote' : 'local' }, headers };
}

/** What a 2xx to our request has agreed to (§7.2); undefined: no timer. */
export function agreedSessionTimer(response: SipResponse): SessionTimer | undefined {
  const agreed = sessionExpiresOf(response);
  if (!agreed) return undefined;
  return { seconds: Math.max(agreed.seconds, 2), refresher: agreed.refresher === 'uas' ? 'remote' : 'local' };
}

/** Milliseconds until we refresh (§7.2: half) or, as the other side, give up (§10: a third or 32 s before the end). */
export function sessionTimerDelay(timer: SessionTimer): number {
  const { seconds, refresher } = timer;
  return refresher === 'local' ? (seconds * 1_000) / 2 : (seconds - Math.min(32, seconds / 3)) * 1_000;
}
