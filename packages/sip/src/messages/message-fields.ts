import { parseCSeq } from './cseq.ts';
import type { CSeq } from './cseq.ts';
import { headerValue } from './header-access.ts';
import { parseNameAddress, tagOf } from './name-address.ts';
import type { NameAddress } from './name-address.ts';
import type { SipMessage, SipRequest } from './sip-message.ts';
import { parseNumber } from './token.ts';
import { parseVia } from './via.ts';
import type { Via } from './via.ts';

/** The top Via. Present in every message that `parseMessage` let through; likewise the next five. */
export function topVia(message: SipMessage): Via | undefined {
  return parseVia(headerValue(message, 'Via') ?? '');
}

export function fromOf(message: SipMessage): NameAddress | undefined {
  return parseNameAddress(headerValue(message, 'From') ?? '');
}

export function toOf(message: SipMessage): NameAddress | undefined {
  return parseNameAddress(headerValue(message, 'To') ?? '');
}

/** Empty when missing (RFC 2543 clients). */
export function fromTagOf(message: SipMessage): string {
  return tagOf(fromOf(message)) ?? '';
}

/** Empty when missing: a request outside a dialog. */
export function toTagOf(message: SipMessage): string {
  return tagOf(toOf(message)) ?? '';
}

export function callIdOf(message: SipMessage): string {
  return headerValue(message, 'Call-ID') ?? '';
}

export function cseqOf(message: SipMessage): CSeq | undefined {
  return parseCSeq(headerValue(message, 'CSeq') ?? '');
}

/** The first Contact; undefined when absent, `*` or unreadable. */
export function contactOf(message: SipMessage): NameAddress | undefined {
  return parseNameAddress(headerValue(message, 'Contact') ?? '');
}

/** 70 when missing (RFC 2543 clients), RFC 3261 §8.1.1.6. */
export function maxForwardsOf(request: SipRequest): number {
  return parseNumber(headerValue(request, 'Max-Forwards') ?? '', 255) ?? 70;
}
