import { listValues } from './header-access.ts';
import { parseNameAddress, printNameAddress } from './name-address.ts';
import { unquote } from './quoted-string.ts';
import type { Header, SipMessage } from './sip-message.ts';
import { parseNumber } from './token.ts';

/** Who sent a call on, RFC 5806. The first is the last who did. */
export interface Diversion {
  readonly displayName?: string;
  readonly uri: string;
  /** `unconditional`, `user-busy`, `no-answer` …; `unknown` when missing. */
  readonly reason: string;
  readonly counter?: number;
  readonly isPrivate: boolean;
}

/** More hops than this are a loop. */
const maximumCounter = 1_000;

export function diversionsOf(message: Pick<SipMessage, 'headers'>): readonly Diversion[] {
  return listValues(message, 'Diversion').flatMap((value) => {
    const address = parseNameAddress(value);
    if (!address) return [];
    const { displayName, uri, parameters } = address;
    const plain = (name: string) => {
      const raw = parameters.get(name);
      return raw === undefined ? undefined : (unquote(raw) ?? raw).toLowerCase();
    };
    const counter = parseNumber(plain('counter') ?? '', maximumCounter);
    const privacy = plain('privacy');
    return {
      ...(displayName === undefined ? {} : { displayName }),
      uri,
      reason: plain('reason') ?? 'unknown',
      ...(counter === undefined ? {} : { counter }),
      isPrivate: privacy !== undefined && privacy !== 'off',
    };
  });
}

export function diversionHeader(diversion: Diversion): Header {
  const { displayName, uri, reason, counter, isPrivate } = diversion;
  const parameters = new Map([['reason', reason]]);
  if (counter !== undefined) parameters.set('counter', String(counter));
  parameters.set('privacy', isPrivate ? 'full' : 'off');
  return {
    name: 'Diversion',
    value: printNameAddress({ ...(displayName === undefined ? {} : { displayName }), uri, parameters }),
  };
}
