import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCryptoAttribute, printCryptoAttribute } from './crypto-attribute.ts';
import { mirrored } from './direction.ts';
import { audioAnswer, audioOffer, type LocalAudio } from './local-audio.ts';
import { isPrivateAddress } from './media-address.ts';
import { parseSessionDescription } from './parse-session-description.ts';
import { printSessionDescription } from './print-session-description.ts';
import { readRemoteAudio, type AudioProfile, type RemoteAudio } from './remote-audio.ts';
import { SdpError } from './sdp-error.ts';

const lines = (...text: readonly string[]): string => `${text.join('\r\n')}\r\n`;
const read = (sdp: string, profile: AudioProfile = 'plain'): RemoteAudio =>
  readRemoteAudio(parseSessionDescription(sdp), profile);
const statusOf = (sdp: string, profile: AudioProfile = 'plain'): number | undefined => {
  try {
    read(sdp, profile);
    return undefined;
  } catch (error) {
    if (error instanceof SdpError) return error.sipStatus;
    throw error;
  }
};

const head = ['v=0', 'o=phone 83 84 IN IP4 192.0.2.10', 's=call', 'c=IN IP4 192.0.2.10', 't=0 0'];
const phone = lines(
  ...head,
  'a=sendrecv',
  'm=audio 11780 RTP/AVP 9 0 8 101',
  'a=rtpmap:9 G722/8000',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:101 telephone-event/8000',
  'a=fmtp:101 0-16',
  'a=ptime:20',
);
const chromium = lines(
  'v=0',
  'o=- 4962303333179871722 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1',
  'a=extmap-allow-mixed',
  'a=msid-semantic: WMS 3f1d',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126',
  'c=IN IP4 0.0.0.0',
  'a=rtcp:9 IN IP4 0.0.0.0',
  'a=ice-ufrag:h8dK',
  'a=ice-pwd:3cQm7kQ0fJdT4fLJm6oM0fYp',
  'a=ice-options:trickle',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, (_, at) => at.toString(16).padStart(2, '0')).join(':')}`,
  'a=setup:actpass',
  'a=mid:0',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'a=sendrecv',
  'a=msid:3f1d 77a1',
  'a=rtcp-mux',
  'a=rtcp-rsize',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=rtpmap:9 G722/8000',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:13 CN/8000',
  'a=rtpmap:110 telephone-event/48000',
  'a=rtpmap:126 telephone-event/8000',
  'a=ssrc:2570214327 cname:gV9k',
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'c=IN IP4 0.0.0.0',
  'a=mid:1',
  'a=rtpmap:96 VP8/90000',
);
const fax = lines(...head, 'm=image 4500 udptl t38', 'a=T38FaxVersion:0', 'a=T38MaxBitRate:14400');

const local: LocalAudio = {
  sessionId: '17',
  version: 3,
  addresses: ['198.51.100.1', '10.0.0.1'],
  port: 20_004,
  protocol: 'RTP/AVP',
  formats: [{ payloadType: 8, codec: 'PCMA' }],
  telephoneEvent: 101,
  direction: 'sendrecv',
};

describe('a session description', () => {
  it('of a telephone is understood', () => {
    expect(read(phone)).toMatchObject({
      section: 0,
      address: '192.0.2.10',
      port: 11_780,
      direction: 'sendrecv',
      formats: [
        { payloadType: 0, codec: 'PCMU' },
        { payloadType: 8, codec: 'PCMA' },
      ],
      telephoneEvent: 101,
    });
  });

  it('of a browser is understood, with events at the rate of the codec', () => {
    const remote = read(chromium, 'browser');
    expect(remote).toMatchObject({ direction: 'sendrecv', telephoneEvent: 126 });
    expect(remote.secure).toMatchObject({ ufrag: 'h8dK', mid: '0', fingerprints: [{ algorithm: 'sha-256' }] });
  });

  it.each([
    ['', 11_781],
    ['a=rtcp:53020', 53_020],
    ['a=rtcp:53020 IN IP4 192.0.2.10', 53_020],
    ['a=rtcp:80', 11_781],
  ])('RFC 3605 §2.1: takes reports one port above, or where %j says', (line, controlPort) => {
    expect(read(`${phone}${line}\r\n`).controlPort).toBe(controlPort);
  });

  it('may leave out what has a fixed meaning', () => {
    const sdp = lines(
      'v=0',
      'o=- 1 1 IN IP4 192.0.2.1',
      's=-',
      't=0 0',
      'm=audio 5004 RTP/AVP 8',
      'c=IN IP4 192.0.2.2',
    );
    expect(read(sdp)).toMatchObject({ address: '192.0.2.2', formats: [{ payloadType: 8, codec: 'PCMA' }] });
    expect(read(sdp.replaceAll('\r\n', '\n')).port).toBe(5004);
  });

  it.each([
    ['a=sendonly', 'sendonly'],
    ['a=recvonly', 'recvonly'],
    ['a=inactive', 'inactive'],
  ] as const)('RFC 3264 §8.4: asks for hold with %s', (attribute, direction) => {
    expect(read(`${phone}${attribute}\r\n`).direction).toBe(direction);
    expect(read(phone.replace('a=sendrecv', attribute)).direction).toBe(direction);
  });

  it('asks for hold the old way, RFC 3264 §8.4', () => {
    expect(read(phone.replace('c=IN IP4 192.0.2.10', 'c=IN IP4 0.0.0.0')).direction).toBe('inactive');
  });

  it.each([
    ['2001:DB8:0:0::0001', '2001:db8::1'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
  ])('names an address of IPv6 in one spelling: %s', (written, address) => {
    expect(read(phone.replace('c=IN IP4 192.0.2.10', `c=IN IP6 ${written}`))).toMatchObject({ address });
  });

  it('asks for hold the old way in IPv6, too', () => {
    expect(read(phone.replace('c=IN IP4 192.0.2.10', 'c=IN IP6 ::')).direction).toBe('inactive');
  });

  it('offers a plain line beside an encrypted one', () => {
    const both = phone.replace('m=audio', 'm=audio 11790 RTP/SAVP 8\r\nm=audio');
    expect(read(both)).toMatchObject({ section: 1, port: 11_780 });
  });

  it.each([
    ['fax', fax],
    ['encryption we do not have', phone.replace('RTP/AVP', 'RTP/SAVP')],
    ['no codec of ours', phone.replace('9 0 8 101', '9 101')],
    ['a refused line', phone.replace('11780', '0')],
    ['a system port', phone.replace('11780', '53')],
    ['a multicast address', phone.replace('c=IN IP4 192.0.2.10', 'c=IN IP4 239.1.1.1/127')],
    ['the broadcast address', phone.replace('c=IN IP4 192.0.2.10', 'c=IN IP4 255.255.255.255')],
    ['a multicast address of IPv6', phone.replace('c=IN IP4 192.0.2.10', 'c=IN IP6 FF02::1')],
    ['a mapped multicast address', phone.replace('c=IN IP4 192.0.2.10', 'c=IN IP6 ::ffff:239.1.1.1')],
    ['half an address of IPv6', phone.replace('c=IN IP4 192.0.2.10', 'c=IN IP6 2001:db8:::1')],
    ['a host name', phone.replace('c=IN IP4 192.0.2.10', 'c=IN IP4 sip.example.org')],
    ['a browser', chromium],
  ])('is not acceptable with %s', (_, sdp) => expect(statusOf(sdp)).toBe(488));

  it.each([
    ['a fingerprint', /a=fingerprint.*\r\n/],
    ['a strong fingerprint', /sha-256/],
    ['rtcp-mux', /a=rtcp-mux\r\n/],
    ['ICE', /a=ice-pwd.*\r\n/],
    ['a role we can meet', /actpass/],
  ])('of a browser is not acceptable without %s', (_, missing) => {
    expect(statusOf(chromium.replace(missing, ''), 'browser')).toBe(488);
  });

  it.each([
    ['nothing', ''],
    ['other text', 'hello'],
    ['no version', phone.replace('v=0\r\n', '')],
    ['no origin', phone.replace(/o=.*\r\n/, '')],
    ['no connection', phone.replace(/c=.*\r\n/, '')],
    ['a broken media line', phone.replace('11780', '1178o')],
    ['a port beyond all ports', phone.replace('11780', '70000')],
    ['no formats', phone.replace(' 9 0 8 101', '')],
    ['a line without a type', phone.replace('s=call', 'call')],
    ['too many media', phone + 'm=audio 5000 RTP/AVP 8\r\n'.repeat(40)],
    ['too much of it', phone + 'a=x\r\n'.repeat(20_000)],
  ])('is malformed with %s', (_, sdp) => expect(statusOf(sdp)).toBe(400));

  it('never fails in any other way, whatever a stranger sends', () => {
    const mangled = fc
      .tuple(fc.constantFrom(phone, chromium, fax), fc.nat(), fc.nat(20), fc.string({ maxLength: 20 }))
      .map(([sdp, at, cut, insert]) => sdp.slice(0, at % sdp.length) + insert + sdp.slice((at % sdp.length) + cut));
    fc.assert(
      fc.property(
        fc.oneof(mangled, fc.string()),
        fc.constantFrom('plain' as const, 'srtp' as const, 'browser' as const),
        (sdp, profile) => {
          statusOf(sdp, profile);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('keys in a session description', () => {
  const key = 'WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz';
  const line = `1 AES_CM_128_HMAC_SHA1_80 inline:${key}`;
  const encrypted = phone.replace('RTP/AVP', 'RTP/SAVP');

  it('RFC 4568 §9.2: the example of the document is read, and printed as it was', () => {
    const read = parseCryptoAttribute(`${line}|2^20`);
    expect(read).toMatchObject({ tag: 1, suite: 'AES_CM_128_HMAC_SHA1_80' });
    expect(read?.key.toString('base64')).toBe(key);
    expect(printCryptoAttribute(read!)).toBe(line);
  });

  it.each([
    ['another suite', line.replace('AES_CM_128_HMAC_SHA1_80', 'F8_128_HMAC_SHA1_80')],
    ['RFC 4568 §6.1: a master key identifier', `${line}|2^20|1:4`],
    ['RFC 4568 §6.1: several keys', `${line};inline:${key}`],
    ['a short key', line.slice(0, -4)],
    ['a long key', `${line}AAAA`],
    ['no base64', line.replace('WVN', 'W-N')],
    ['another key method', line.replace('inline', 'uri')],
    ['no tag', line.slice(2)],
    ['RFC 4568 §6.3.7: a session parameter that is not known', `${line} UNENCRYPTED_SRTP`],
  ])('are not used with %s', (_, value) => expect(parseCryptoAttribute(value)).toBeUndefined());

  it('RFC 4568 §6.3.7: a session parameter that may be ignored is ignored', () => {
    expect(parseCryptoAttribute(`${line} -OTHER=1 WSH=64`)).toBeDefined();
  });

  it('are all there is to encrypted audio', () => {
    const lines = `a=crypto:3 AES_256_CM_HMAC_SHA1_80 inline:${key}\r\na=crypto:${line}\r\n`;
    const remote = read(`${encrypted}${lines}`, 'srtp');
    expect(remote.crypto?.map(({ tag }) => tag)).toEqual([1]);
    expect(remote.secure).toBeUndefined();
  });

  it.each([
    ['no key', encrypted],
    ['no key of ours', `${encrypted}a=crypto:${line} KDR=3\r\n`],
    ['clear audio', `${phone}a=crypto:${line}\r\n`],
    ['a browser', chromium],
  ])('are missing with %s, which is not acceptable', (_, sdp) => expect(statusOf(sdp, 'srtp')).toBe(488));
});

describe('our own description', () => {
  it('reads as it was meant', () => {
    const text = printSessionDescription(audioOffer(local));
    expect(text.endsWith('\r\n')).toBe(true);
    expect(read(text)).toMatchObject({
      address: '198.51.100.1',
      port: 20_004,
      telephoneEvent: 101,
      direction: 'sendrecv',
    });
  });

  it('RFC 3264 §6: refuses every line of the offer but one, in its place', () => {
    const offer = parseSessionDescription(phone.replace('m=audio', 'm=video 6000 RTP/AVP 31\r\nm=audio'));
    const answer = audioAnswer(local, offer, readRemoteAudio(offer, 'plain'));
    expect(answer.media.map(({ kind, port }) => [kind, port])).toEqual([
      ['video', 0],
      ['audio', 20_004],
    ]);
  });

  it('gives a browser every address, our role and its own bundle', () => {
    const offer = parseSessionDescription(chromium);
    const remote = readRemoteAudio(offer, 'browser');
    const secure = {
      mid: '0',
      ufrag: 'abcd',
      password: 'p'.repeat(28),
      fingerprint: 'sha-256 AB:CD',
      ssrc: 7,
      canonicalName: 'x',
    };
    const text = printSessionDescription(audioAnswer({ ...local, secure, protocol: remote.protocol }, offer, remote));
    for (const line of ['a=ice-lite', 'a=group:BUNDLE 0', 'a=setup:active', 'a=rtcp-mux', 'a=mid:0', 'm=video 0 '])
      expect(text).toContain(line);
    expect(text.match(/a=candidate:.*/g)).toEqual([
      'a=candidate:1 1 udp 2130706431 198.51.100.1 20004 typ host',
      'a=candidate:2 1 udp 2130706175 10.0.0.1 20004 typ host',
    ]);
  });

  it('RFC 3264 §6.1: turns a direction around and back', () => {
    for (const direction of ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const)
      expect(mirrored(mirrored(direction))).toBe(direction);
    expect(mirrored('sendonly')).toBe('recvonly');
  });
});

it('knows addresses that mean nothing outside', () => {
  for (const address of ['10.1.2.3', '192.168.0.5', '172.16.0.1', '172.31.9.9', '100.64.0.1', '169.254.1.1', 'fd00::1'])
    expect(isPrivateAddress(address), address).toBe(true);
  for (const address of ['9.9.9.9', '172.32.0.1', '192.0.2.1', '100.128.0.1', '127.0.0.1', '2001:db8::1'])
    expect(isPrivateAddress(address), address).toBe(false);
});
