import { emergencyDigits, staticTrunkSettings } from '@amtsleitung/domain';
import { sipRequest } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { dialledByPhone, dialledOnTrunk } from './dialled-number.ts';

const invite = (uri: string) => sipRequest('INVITE', uri, [], new Uint8Array(0));

/** Reads what was dialled; nothing is ever called. */
describe('a service URN', () => {
  it.each([
    ['urn:service:sos', '112'],
    ['urn:service:sos.police', '110'],
    ['urn:service:sos.fire', '112'],
    ['urn:service:sos.ambulance', '112'],
    ['URN:SERVICE:SOS', '112'],
  ])('RFC 5031 §4.2: %s from a phone means %s', (uri, number) => {
    expect(dialledByPhone(invite(uri))).toBe(number);
    expect(emergencyDigits(dialledByPhone(invite(uri)))).toBe(number);
  });

  it('means nothing on a trunk, and others mean nothing anywhere', () => {
    const trunk = { username: '', settings: staticTrunkSettings };
    expect(dialledOnTrunk(invite('urn:service:sos'), trunk)).toBe('');
    expect(dialledByPhone(invite('urn:service:counseling'))).toBe('');
  });
});
