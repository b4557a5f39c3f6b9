import type { Trunk } from '@amtsleitung/domain';
import { headerValue, listValues, parseNameAddress, parseSipUri, serviceRouteOf } from '@amtsleitung/sip';
import type { Credentials, OutOfDialogOptions, SipResponse } from '@amtsleitung/sip';
import { hostForUri } from './host-for-uri.ts';
import { MediaSecurity } from './media-security.ts';
import { numberOf } from './shown-text.ts';
import { contactUserOf } from './trunk-contact.ts';
import { accountUri } from './trunk-invite.ts';

/** What stays the same over the refreshes of one binding (RFC 3261 §10.2.4). */
export interface BindingNames {
  readonly callId: string;
  readonly fromTag: string;
}

/** What a 200 to REGISTER says beside how long it holds. */
export interface RegistrationGrant {
  readonly seconds: number;
  /** RFC 3608 §6.1: the way of our INVITEs. */
  readonly serviceRoute: readonly string[];
  /** RFC 7315 §4.1: the first number that is ours, as the provider writes it. */
  readonly associatedNumber?: string;
}

const shortestSeconds = 10;
const longestSeconds = 86_400;

/** What answers the provider's challenges; undefined when there is no secret. */
export function credentialsOf({ username, password, settings }: Trunk): Credentials | undefined {
  if (password === undefined) return undefined;
  const algorithms = ({ 'sha-256-or-md5': ['SHA-256', 'MD5'], md5: ['MD5'], 'sha-256': ['SHA-256'] } as const)[
    settings.digest
  ];
  return { username: settings.authName || username, password, algorithms };
}

/** RFC 3261 §8.1.2: an outbound proxy is a route known beforehand. */
export function outboundRoute({ settings, transport }: Trunk): readonly string[] {
  const { outboundProxy } = settings;
  return outboundProxy === ''
    ? []
    : [`<sip:${outboundProxy}${transport === 'udp' ? '' : `;transport=${transport}`};lr>`];
}

/** One REGISTER for the whole number block; `seconds` 0 takes the binding back. */
export function trunkRegister(
  trunk: Trunk,
  names: BindingNames,
  seconds: number,
  security: MediaSecurity = new MediaSecurity(trunk),
): Omit<OutOfDialogOptions, 'destination' | 'cseq'> {
  const account = `<${accountUri(trunk)}>`;
  const credentials = credentialsOf(trunk);
  return {
    method: 'REGISTER',
    requestUri: `sip:${hostForUri(trunk.host)}`,
    from: account,
    to: account,
    headers: [
      { name: 'Expires', value: String(seconds) },
      // RFC 3327 §5.1
      { name: 'Supported', value: 'path' },
      ...security.registering,
    ],
    contactUser: contactUserOf(trunk),
    route: outboundRoute(trunk),
    answering: (challenge) => security.learn(challenge),
    ...names,
    ...(credentials ? { credentials } : {}),
  };
}

/** Reads the 200. 0 seconds: our binding is not in it. */
export function grantOf(response: SipResponse, trunk: Trunk, asked: number): RegistrationGrant {
  const associated = listValues(response, 'P-Associated-URI')
    .flatMap((value) => numberOf(parseNameAddress(value)?.uri ?? '') ?? [])
    .at(0);
  return {
    seconds: secondsOf(response, contactUserOf(trunk), asked),
    serviceRoute: serviceRouteOf(response),
    ...(associated === undefined ? {} : { associatedNumber: associated }),
  };
}

/** RFC 3261 §10.2.4: `expires` of our own contact, which a border controller may have rewritten; else Expires. */
function secondsOf(response: SipResponse, contactUser: string, asked: number): number {
  const contacts = listValues(response, 'Contact').flatMap((value) => parseNameAddress(value) ?? []);
  const own = contacts.find(({ uri }) => parseSipUri(uri)?.user === contactUser);
  const contact = own ?? (contacts.length === 1 ? contacts[0] : undefined);
  const said = contact?.parameters.get('expires') ?? headerValue(response, 'Expires');
  const seconds = said !== undefined && /^\d{1,9}$/.test(said.trim()) ? Number(said) : asked;
  return seconds === 0 ? 0 : Math.min(Math.max(seconds, shortestSeconds), longestSeconds);
}

/** Whole seconds of a header such as Retry-After or Min-Expires; undefined when it says none. */
export function secondsIn(response: SipResponse, name: 'Retry-After' | 'Min-Expires'): number | undefined {
  const digits = /^\s*(\d{1,9})/.exec(headerValue(response, name) ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
