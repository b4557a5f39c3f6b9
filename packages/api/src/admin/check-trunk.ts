import * as z from 'zod/mini';
import type { TrunkInput } from '@amtsleitung/contract';
import type { Trunk, TownDirectory } from '@amtsleitung/domain';
import { FieldErrors } from './field-errors.ts';

const address = z.union([z.ipv4(), z.ipv6()]);
const isAddress = (text: string): boolean => address.safeParse(text).success;
/** RFC 1123 §2.1. */
const hostName = /^(?=.{1,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9-]{0,62}[A-Za-z0-9]$/;
const isHost = (text: string): boolean => isAddress(text) || (hostName.test(text) && !/^[\d.]+$/.test(text));

/** `192.0.2.10`, `192.0.2.10:5080`, `2001:db8::1` or `[2001:db8::1]:5080`. */
function isSourceAddress(text: string): boolean {
  if (isAddress(text)) return true;
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([\d.]+)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  return match !== null && isAddress(match[1] ?? match[2]!) && port >= 1 && port <= 65535;
}

const addressOf = (source: string): string =>
  isAddress(source) ? source : source.replace(/:\d{1,5}$/, '').replace(/^\[|\]$/g, '');

/** What a digest's quoted user name may hold (RFC 3261 §25.1), without what would need escaping. */
const isUserName = (text: string): boolean => /^[\x21-\x7e]*$/.test(text) && !/["\\]/.test(text);
const controlCharacters = /\p{Cc}/u;

export interface TrunkSurroundings {
  /** Every tenant of this server; a source address or digest user must point at one trunk only. */
  readonly houses: readonly TownDirectory[];
  /** Addresses of SIP proxies of ours: whoever comes from there is a phone, whatever a trunk says. */
  readonly sipProxies: readonly string[];
}

/** Throws 422 with the fields. */
export function checkTrunk(
  input: TrunkInput,
  before: Trunk | undefined,
  { houses, sipProxies }: TrunkSurroundings,
): void {
  const errors = new FieldErrors();
  const others = houses.flatMap(({ trunks }) => trunks).filter(({ id }) => id !== before?.id);
  const takenAddresses = new Set(others.flatMap(({ sourceAddresses }) => sourceAddresses));
  errors.when(!isHost(input.host), 'host', 'invalid-host');
  errors.when(input.sourceAddresses.length > 100, 'sourceAddresses', 'too-many');
  for (const [position, source] of input.sourceAddresses.slice(0, 100).entries()) {
    const field = `sourceAddresses.${position}`;
    errors.when(!isSourceAddress(source), field, 'invalid-address');
    errors.when(sipProxies.includes(addressOf(source)), field, 'own-proxy');
    errors.when(takenAddresses.has(source), field, 'taken');
    takenAddresses.add(source);
  }
  checkDigest(input, before, others, houses, errors);
  checkSettings(input, before, errors);
  errors.throwIfAny();
}

const intervalsEndAfterTheyBegin = ({ from, to }: { readonly from: string; readonly to: string }): boolean => from < to;

function checkSettings(input: TrunkInput, before: Trunk | undefined, errors: FieldErrors): void {
  const settings = input.settings ?? before?.settings;
  if (!settings) return;
  const [, host, port] = /^(.*?)(?::(\d{1,5}))?$/.exec(settings.outboundProxy) ?? [];
  const isProxy =
    settings.outboundProxy === '' || (isHost(host ?? '') && (port === undefined || Number(port) <= 65535));
  errors.when(!isProxy, 'settings.outboundProxy', 'invalid-host');
  errors.when(!isUserName(settings.authName), 'settings.authName', 'invalid-format');
  errors.when(!settings.hours.every(intervalsEndAfterTheyBegin), 'settings.hours', 'invalid');
  // RFC 4568 §8.3: keys in a message that anybody on the way can read protect nothing.
  errors.when(settings.srtp === 'required' && input.transport !== 'tls', 'settings.srtp', 'needs-tls');
  // Nothing can be registered without an account; whether it has its password is checked above.
  errors.when(settings.registerSeconds > 0 && input.username === '', 'username', 'required');
}

function checkDigest(
  { username, password }: TrunkInput,
  before: Trunk | undefined,
  others: readonly Trunk[],
  houses: readonly TownDirectory[],
  errors: FieldErrors,
): void {
  errors.when(!isUserName(username), 'username', 'invalid-format');
  errors.when(controlCharacters.test(password ?? ''), 'password', 'invalid-format');
  if (username === '') return errors.when(Boolean(password), 'username', 'required');
  const taken =
    others.some((trunk) => trunk.username === username) ||
    houses.some(({ devices }) => devices.some(({ sipUser }) => sipUser === username));
  errors.when(taken, 'username', 'taken');
  // The digest holds the user name too: a new name needs the password again.
  const hasSecret = before?.ha1 !== undefined && before.username === username;
  errors.when(!password && !hasSecret, 'password', 'required');
}
