import type { DialOptions, ShownParty } from '@amtsleitung/domain';
import { noParameters, parseSipUri, printNameAddress } from '@amtsleitung/sip';
import type { Header, InviteOptions } from '@amtsleitung/sip';
import { destinationOf } from '../registrar/location.ts';
import type { Location } from '../registrar/location.ts';
import { hostForUri } from '../trunks/host-for-uri.ts';
import { shownText } from '../trunks/shown-text.ts';

/** Who calls, as a phone of the house shows it. */
function callerAddress(caller: ShownParty, domain: string): string {
  const name = shownText(caller.name ?? '');
  const displayName = name === '' ? {} : { displayName: name };
  const number = caller.number?.replace(/[^0-9+*]/g, '') ?? '';
  // RFC 3323 §4.1.1.3
  if (number === '')
    return `"${name === '' ? 'Anonym' : name.replace(/["\\]/g, '')}" <sip:anonymous@anonymous.invalid>`;
  return printNameAddress({ ...displayName, uri: `sip:${number}@${hostForUri(domain)}`, parameters: noParameters });
}

/** An INVITE to a registered contact. Only phones of the house get these headers. */
export function phoneInvite(
  location: Location,
  domain: string,
  options: DialOptions,
  autoAnswerCallId: string | undefined,
): Omit<InviteOptions, 'body'> {
  const from = callerAddress(options.caller, domain);
  const user = parseSipUri(location.contact)?.user;
  return {
    requestUri: location.contact,
    destination: destinationOf(location),
    stayAtPeer: true,
    // RFC 3327 §5.4
    ...(location.route?.path ? { route: location.route.path } : {}),
    from,
    to: user === undefined ? `<sip:${hostForUri(domain)}>` : `<sip:${user}@${hostForUri(domain)}>`,
    headers: [
      { name: 'P-Asserted-Identity', value: from },
      { name: 'X-Amtsleitung-Call', value: options.callId },
      ...(options.subject === undefined ? [] : [{ name: 'Subject', value: shownText(options.subject) }]),
      ...(autoAnswerCallId === undefined ? [] : autoAnswerHeaders(autoAnswerCallId, domain)),
    ],
  };
}

/** The person has just asked for this call on a screen: the phone takes it by itself, in the ways phones understand. */
const autoAnswerHeaders = (callId: string, domain: string): readonly Header[] => [
  { name: 'X-Amtsleitung-Auto-Answer', value: callId },
  { name: 'Call-Info', value: `<sip:${hostForUri(domain)}>;answer-after=0` },
  { name: 'Alert-Info', value: `<http://${hostForUri(domain)}>;info=alert-autoanswer` },
];
