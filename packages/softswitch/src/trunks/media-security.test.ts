import { staticTrunkSettings } from '@amtsleitung/domain';
import { createResponse, sipRequest } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { MediaSecurity } from './media-security.ts';

const challenge = (...mechanisms: readonly string[]) =>
  createResponse(sipRequest('REGISTER', 'sip:provider.example', []), 401, {
    headers: mechanisms.map((value) => ({ name: 'Security-Server', value })),
  });

const agreed = (parts: { mediasec?: boolean; srtp?: 'off' | 'required' } = {}) =>
  new MediaSecurity({ settings: { ...staticTrunkSettings, mediasec: true, srtp: 'required', ...parts } });

describe('agreeing on encrypted voice with a provider', () => {
  it('says what we can, and repeats the latest list as it came', () => {
    const security = agreed();
    expect(security.registering.map(({ name }) => name)).toEqual(['Security-Client', 'Require', 'Proxy-Require']);
    expect(security.calling.map(({ name }) => name)).toEqual(['Require', 'Proxy-Require']);
    security.learn(challenge('sdes-srtp;mediasec;q=0.1', 'dtls-srtp;mediasec'));
    expect(security.calling.at(-1)).toEqual({
      name: 'Security-Verify',
      value: 'sdes-srtp;mediasec;q=0.1, dtls-srtp;mediasec',
    });
    security.learn(challenge('sdes-srtp;mediasec'));
    expect(security.calling.at(-1)?.value).toBe('sdes-srtp;mediasec');
    // A challenge that says nothing of it takes nothing back.
    security.learn(challenge());
    expect(security.calling.at(-1)?.value).toBe('sdes-srtp;mediasec');
  });

  it('keeps of an endless list no more than the beginning', () => {
    const security = agreed();
    security.learn(challenge(...Array<string>(100).fill('sdes-srtp;mediasec')));
    expect(security.calling.at(-1)?.value.split(',')).toHaveLength(16);
  });

  it.each([{ mediasec: false }, { srtp: 'off' as const }])('says nothing with %o', (parts) => {
    const security = agreed(parts);
    expect([...security.registering, ...security.learn(challenge('sdes-srtp;mediasec')), ...security.calling]).toEqual(
      [],
    );
  });
});
