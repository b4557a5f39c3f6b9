import { eventOf } from '../messages/event-header.ts';
import { headerValue } from '../messages/header-access.ts';
import type { Header, SipRequest } from '../messages/sip-message.ts';
import { parseNumber } from '../messages/token.ts';
import type { EventPackage } from './subscription.ts';

const defaultSeconds = 3_600;
const defaultMinimum = 60;
/** RFC 6665 §4.2.1.1: an hour is never too short. */
const longestMinimum = 3_600;

export type SubscribeVerdict =
  | { readonly kind: 'granted'; readonly eventPackage: EventPackage; readonly seconds: number }
  | { readonly kind: 'refused'; readonly status: 400 | 423 | 489; readonly headers: readonly Header[] };

/** What RFC 6665 §4.2.1.1 asks of a SUBSCRIBE: a package we notify of, and a time that is not too short. */
export function judgeSubscribe(request: SipRequest, packages: readonly EventPackage[]): SubscribeVerdict {
  const event = eventOf(request);
  const eventPackage = packages.find((one) => one.name === event?.name);
  if (!eventPackage) return { kind: 'refused', status: 489, headers: [allowEvents(packages)] };
  const text = headerValue(request, 'Expires');
  const asked = text === undefined ? (eventPackage.defaultSeconds ?? defaultSeconds) : parseNumber(text, 2 ** 32 - 1);
  if (asked === undefined) return { kind: 'refused', status: 400, headers: [] };
  const minimum = Math.min(eventPackage.minimumSeconds ?? defaultMinimum, longestMinimum);
  if (asked > 0 && asked < minimum) {
    return { kind: 'refused', status: 423, headers: [{ name: 'Min-Expires', value: String(minimum) }] };
  }
  return { kind: 'granted', eventPackage, seconds: Math.min(asked, eventPackage.maximumSeconds ?? defaultSeconds) };
}

export function allowEvents(packages: readonly EventPackage[]): Header {
  return { name: 'Allow-Events', value: packages.map((one) => one.name).join(', ') };
}
