import { headerValue, listValues, listsToken } from '@amtsleitung/sip';
import type { Header, SipRequest } from '@amtsleitung/sip';
import type { ProviderScript } from './provider-script.ts';

const mechanisms = ['msrp-tls;mediasec', 'sdes-srtp;mediasec', 'dtls-srtp;mediasec'];

/** What a challenge says of encrypted voice, RFC 3329 §2.2. */
export const securityServer = (script: ProviderScript): readonly Header[] =>
  script.mediasec ? mechanisms.map((value) => ({ name: 'Security-Server', value })) : [];

/**
 * Why a request has not agreed on encryption as this provider wants; undefined when it has. The list has to come back
 * once it was told: with the credentials, and with every call.
 */
export function securityFlaw(request: SipRequest, script: ProviderScript, sdp = ''): string | undefined {
  if (!script.mediasec) return undefined;
  const isRegister = request.method === 'REGISTER';
  if (!['Require', 'Proxy-Require'].every((name) => listsToken(request, name, 'mediasec')))
    return 'mediasec not required';
  if (isRegister && headerValue(request, 'Security-Client') !== 'sdes-srtp;mediasec') return 'no Security-Client';
  const mustVerify = !isRegister || headerValue(request, 'Authorization') !== undefined;
  if (mustVerify && listValues(request, 'Security-Verify').join() !== mechanisms.join()) return 'no Security-Verify';
  return isRegister || /^a=3ge2ae:requested\r?$/m.test(sdp) ? undefined : 'no 3ge2ae';
}
