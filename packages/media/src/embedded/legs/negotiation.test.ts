import { describe, expect, it } from 'vitest';
import { SdpError } from '../../sdp/sdp-error.ts';
import { Negotiation } from './negotiation.ts';

const offerOf = (formats: string, extra = ''): string =>
  `v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n${extra}m=audio 4000 RTP/AVP ${formats}\r\na=rtpmap:96 telephone-event/8000\r\n`;

const open = (): Negotiation =>
  new Negotiation({
    profile: 'plain',
    codecs: ['PCMA', 'PCMU'],
    addresses: ['198.51.100.1'],
    port: 20_000,
    sessionId: '5',
  });

const answer = (negotiation: Negotiation, offer: string): string => negotiation.answer(negotiation.read(offer));
const mediaLine = (sdp: string): string | undefined => /m=audio.*/.exec(sdp)?.[0];
const versionOf = (sdp: string): string | undefined => /o=- 5 (\d+)/.exec(sdp)?.[1];

describe('offer and answer', () => {
  it('answers with one codec, our preferred one, and the far side’s event number', () => {
    const negotiation = open();
    expect(mediaLine(answer(negotiation, offerOf('0 8 96')))).toBe('m=audio 20000 RTP/AVP 8 96');
    expect(negotiation.agreement).toMatchObject({ payloadType: 8, telephoneEvent: 96, wanted: true });
  });

  it('stays with the codec that is spoken, and takes another when it must', () => {
    const negotiation = open();
    answer(negotiation, offerOf('0'));
    expect(mediaLine(answer(negotiation, offerOf('8 0')))).toBe('m=audio 20000 RTP/AVP 0');
    expect(mediaLine(answer(negotiation, offerOf('8')))).toBe('m=audio 20000 RTP/AVP 8');
  });

  it('RFC 3264 §8: counts its version up exactly when something changes', () => {
    const negotiation = open();
    const first = answer(negotiation, offerOf('8'));
    expect(answer(negotiation, offerOf('8'))).toBe(first);
    const held = answer(negotiation, offerOf('8', 'a=sendonly\r\n'));
    expect(held).toContain('a=recvonly');
    expect(Number(versionOf(held))).toBe(Number(versionOf(first)) + 1);
    expect(negotiation.agreement?.wanted).toBe(false);
  });

  it('offers everything, and takes what the answer chose', () => {
    const negotiation = open();
    expect(mediaLine(negotiation.offer())).toBe('m=audio 20000 RTP/AVP 8 0 101');
    negotiation.accept(negotiation.read(offerOf('0')));
    expect(negotiation.agreement).toMatchObject({ payloadType: 0, telephoneEvent: undefined });
  });

  it('RFC 3264 §8: keeps refused lines in later offers', () => {
    const negotiation = open();
    answer(negotiation, offerOf('8', 'm=video 5000 RTP/AVP 31\r\n'));
    expect(negotiation.offer().match(/m=.*/g)).toEqual(['m=video 0 RTP/AVP 31', 'm=audio 20000 RTP/AVP 8 0']);
  });

  it('is as it was after a description it refused', () => {
    const negotiation = open();
    answer(negotiation, offerOf('8'));
    const before = negotiation.agreement;
    expect(() => negotiation.read(offerOf('18'))).toThrow(SdpError);
    expect(() => negotiation.read('v=0')).toThrow(SdpError);
    expect(negotiation.agreement).toBe(before);
  });
});
