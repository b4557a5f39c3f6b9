import { headerValue } from './header-access.ts';
import { parseParameters } from './parameters.ts';
import type { SipMessage } from './sip-message.ts';
import { isToken } from './token.ts';

/** The Event header, RFC 6665 §8.2.1: a package and what tells several subscriptions of one dialog apart. */
export interface EventHeader {
  /** Lower case. */
  readonly name: string;
  readonly id?: string;
}

/** Undefined when missing or malformed. */
export function eventOf(message: Pick<SipMessage, 'headers'>): EventHeader | undefined {
  const value = headerValue(message, 'Event');
  if (value === undefined) return undefined;
  const semicolon = value.indexOf(';');
  const name = (semicolon < 0 ? value : value.slice(0, semicolon)).trim().toLowerCase();
  const parameters = parseParameters(semicolon < 0 ? '' : value.slice(semicolon));
  if (!isToken(name) || !parameters) return undefined;
  const id = parameters.get('id');
  return id === undefined ? { name } : { name, id };
}

/** Event of a NOTIFY: the same package and id as in its SUBSCRIBE (RFC 6665 §8.2.1). */
export function printEvent(event: EventHeader): string {
  return event.id === undefined ? event.name : `${event.name};id=${event.id}`;
}
