import { headerValue } from './header-access.ts';
import { parseParameters } from './parameters.ts';
import type { SipMessage } from './sip-message.ts';
import { isToken, parseNumber } from './token.ts';

/** Why a subscription ended, RFC 6665 §4.1.3. */
export type TerminationReason =
  'deactivated' | 'probation' | 'rejected' | 'timeout' | 'giveup' | 'noresource' | 'invariant';

/** The Subscription-State header, RFC 6665 §8.2.3. Unknown states and reasons stay as they are written. */
export interface SubscriptionStateHeader {
  readonly state: 'pending' | 'active' | 'terminated' | (string & {});
  /** Seconds. */
  readonly expires?: number;
  readonly reason?: TerminationReason | (string & {});
  /** Seconds. */
  readonly retryAfter?: number;
}

const longestSeconds = 2 ** 31 - 1;

export function subscriptionStateOf(message: Pick<SipMessage, 'headers'>): SubscriptionStateHeader | undefined {
  const value = headerValue(message, 'Subscription-State');
  if (value === undefined) return undefined;
  const semicolon = value.indexOf(';');
  const state = (semicolon < 0 ? value : value.slice(0, semicolon)).trim().toLowerCase();
  const parameters = parseParameters(semicolon < 0 ? '' : value.slice(semicolon));
  if (!isToken(state) || !parameters) return undefined;
  const expires = parseNumber(parameters.get('expires') ?? '', longestSeconds);
  const retryAfter = parseNumber(parameters.get('retry-after') ?? '', longestSeconds);
  const reason = parameters.get('reason');
  return {
    state,
    ...(expires === undefined ? {} : { expires }),
    ...(reason === undefined ? {} : { reason }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}

export function printSubscriptionState(header: SubscriptionStateHeader): string {
  const { state, expires, reason, retryAfter } = header;
  const tell = (name: string, value: string | number | undefined) => (value === undefined ? '' : `;${name}=${value}`);
  return `${state}${tell('expires', expires)}${tell('reason', reason)}${tell('retry-after', retryAfter)}`;
}
