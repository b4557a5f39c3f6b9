import type { ProviderScript } from './provider-script.ts';

/** RFC 4568 §9.1: an offer that brings keys. */
export const hasKeys = (sdp: string): boolean => /^m=audio \d+ RTP\/SAVP /m.test(sdp) && /^a=crypto:/m.test(sdp);

/** A key nobody needs to keep secret: 30 octets, base64. */
const exampleKey = Buffer.from(Uint8Array.from({ length: 30 }, (_, at) => at)).toString('base64');

/** The description of a provider whose media nobody listens to; with keys where its script wants them. */
export function providerSdp(script: ProviderScript, offer?: string): string {
  const isKeyed = script.srtp === 'required';
  const suite = /^a=crypto:(\d+) (AES_CM_128_HMAC_SHA1_(?:80|32)) /m.exec(offer ?? '');
  const [tag, name] = [suite?.[1] ?? '1', suite?.[2] ?? 'AES_CM_128_HMAC_SHA1_80'];
  return [
    'v=0',
    'o=provider 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio 20000 RTP/${isKeyed ? 'SAVP' : 'AVP'} 8 101`,
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-15',
    ...(isKeyed ? [`a=crypto:${tag} ${name} inline:${exampleKey}`] : []),
    'a=ptime:20',
    'a=sendrecv',
    '',
  ].join('\r\n');
}
