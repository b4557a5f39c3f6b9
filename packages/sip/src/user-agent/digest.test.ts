import { VirtualClock, seededRandom } from '@amtsleitung/base/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { DigestVerifier, ha1, headerValue, headerValues, sipRequest, sipResponse } from '../index.ts';
import type { DigestAlgorithm, DigestVerdict, SipRequest, VerifyOptions } from '../index.ts';
import { DigestClient } from './digest-client.ts';
import { digestResponse } from './digest.ts';
import { hmacWith } from './hmac.ts';

describe('published vectors', () => {
  it('RFC 2617 §3.5', () => {
    const secret = ha1('MD5', 'Mufasa', 'testrealm@host.com', 'Circle Of Life');
    expect(secret).toBe('939e7578ed9e3c518a452acee763bce9');
    const nonce = 'dcd98b7102dd2f0e8b11d0f600bfb0c093';
    const auth = { nc: '00000001', cnonce: '0a4f113b' };
    const input = { algorithm: 'MD5', ha1: secret, method: 'GET', uri: '/dir/index.html', nonce, auth } as const;
    expect(digestResponse(input)).toBe('6629fae49393a05397450978507c4ef1');
  });

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const)('RFC 7616 §3.9.1 with %s', (algorithm, expected) => {
    const secret = ha1(algorithm, 'Mufasa', 'http-auth@example.org', 'Circle of Life');
    const nonce = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v';
    const auth = { nc: '00000001', cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' };
    expect(digestResponse({ algorithm, ha1: secret, method: 'GET', uri: '/dir/index.html', nonce, auth })).toBe(
      expected,
    );
  });

  it('RFC 4231 §4.3 (HMAC-SHA-256)', () => {
    expect(hmacWith(new TextEncoder().encode('Jefe'))('what do ya want for nothing?')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });
});

const realm = 'musterstadt.example';
const uri = `sip:${realm}`;

describe('DigestVerifier', () => {
  let clock: VirtualClock;
  let verifier: DigestVerifier;
  const accounts = new Map([
    ['mira', { sha256: ha1('SHA-256', 'mira', realm, 'geheim'), md5: ha1('MD5', 'mira', realm, 'geheim') }],
  ]);
  const options: VerifyOptions = { realm, secretsOf: (name) => accounts.get(name), binding: '192.0.2.1' };

  const register = (authorization?: string): SipRequest =>
    sipRequest('REGISTER', uri, authorization === undefined ? [] : [{ name: 'Authorization', value: authorization }]);

  beforeEach(() => {
    clock = new VirtualClock();
    verifier = new DigestVerifier({ clock, random: seededRandom(1) });
  });

  const challengeOf = (verdict: DigestVerdict) => {
    if (verdict.accepted) throw new Error('accepted');
    return sipResponse(verdict.status, '', verdict.headers);
  };
  const challenge = () => challengeOf(verifier.verify(register(), options));
  const client = (username: string, password: string) => new DigestClient({ username, password }, seededRandom(2));

  function answer(username: string, password: string, challenged = challenge()): SipRequest {
    return register(client(username, password).answer(challenged, { method: 'REGISTER', uri })!.value);
  }

  it('RFC 8760 §2.3: offers SHA-256 first, then MD5', () => {
    const offered = headerValues(challenge(), 'WWW-Authenticate');
    expect(offered.map((value) => /algorithm=([^,]+)/.exec(value)![1])).toEqual(['SHA-256', 'MD5']);
  });

  it.each<DigestAlgorithm>(['SHA-256', 'MD5'])('RFC 8760 §2.1: accepts the right password by %s', (algorithm) => {
    verifier = new DigestVerifier({ clock, random: seededRandom(1), algorithms: [algorithm] });
    expect(verifier.verify(answer('mira', 'geheim'), options)).toEqual({ accepted: true, username: 'mira' });
  });

  it('answers a wrong password and an unknown user alike', () => {
    const wrong = verifier.verify(answer('mira', 'falsch'), options);
    const unknown = verifier.verify(answer('niemand', 'geheim'), options);
    const shown = (verdict: DigestVerdict) =>
      challengeOf(verdict).headers.map(({ name, value }) => `${name}: ${value.replace(/nonce="[^"]+"/, '')}`);
    expect(shown(wrong)).toEqual(shown(unknown));
    expect([wrong, unknown]).toMatchObject(Array(2).fill({ failure: 'wrong', status: 401 }));
  });

  it('RFC 7616 §3.3: refuses a replay with stale=true', () => {
    const request = answer('mira', 'geheim');
    expect(verifier.verify(request, options).accepted).toBe(true);
    const replay = verifier.verify(request, options);
    expect(replay).toMatchObject({ accepted: false, failure: 'stale' });
    expect(headerValue(challengeOf(replay), 'WWW-Authenticate')).toContain('stale=true');
  });

  it('RFC 7616 §3.4: accepts a nonce again with a higher count, never with a lower one', () => {
    const challenged = challenge();
    const phone = client('mira', 'geheim');
    const [first, second] = [1, 2].map(() => register(phone.answer(challenged, { method: 'REGISTER', uri })!.value));
    expect(verifier.verify(second!, options).accepted).toBe(true);
    expect(verifier.verify(first!, options)).toMatchObject({ failure: 'stale' });
  });

  it('lets nonces live 60 s, whatever the wall clock does', () => {
    const early = answer('mira', 'geheim');
    clock.jumpWall(3_600_000);
    clock.advance(59_000);
    expect(verifier.verify(early, options).accepted).toBe(true);
    const late = answer('mira', 'geheim');
    clock.advance(61_000);
    expect(verifier.verify(late, options)).toMatchObject({ failure: 'stale' });
  });

  it('refuses nonces of another address, another realm, another process, and made-up ones', () => {
    const request = answer('mira', 'geheim');
    expect(verifier.verify(request, { ...options, binding: '203.0.113.1' })).toMatchObject({ failure: 'stale' });
    const other = new DigestVerifier({ clock, random: seededRandom(99) });
    expect(other.verify(request, options)).toMatchObject({ failure: 'stale' });
    expect(verifier.verify(request, { ...options, realm: 'other' })).toMatchObject({ failure: 'missing' });
    const forged = sipResponse(401, '', [
      { name: 'WWW-Authenticate', value: `Digest realm="${realm}", nonce="1.2.3", qop="auth"` },
    ]);
    expect(verifier.verify(answer('mira', 'geheim', forged), options)).toMatchObject({ failure: 'stale' });
  });

  it('RFC 7616 §3.4.6: refuses credentials signed for another URI or method', () => {
    const value = headerValue(answer('mira', 'geheim'), 'Authorization')!;
    const elsewhere = sipRequest('REGISTER', 'sip:+4990@elsewhere.test', [{ name: 'Authorization', value }]);
    const invite = sipRequest('INVITE', uri, [{ name: 'Authorization', value }]);
    expect(verifier.verify(elsewhere, options)).toMatchObject({ failure: 'wrong' });
    expect(verifier.verify(invite, { ...options, role: 'user' })).toMatchObject({ failure: 'wrong' });
  });

  it.each(['', 'Digest', 'Basic bWlyYTpnZWhlaW0=', `Digest realm="${realm}"`, 'NoOneKnowsThisScheme opaque-data=here'])(
    'RFC 8760 §2.6: challenges anew when given %o',
    (value) => expect(verifier.verify(register(value), options)).toMatchObject({ failure: 'missing', status: 401 }),
  );

  it('RFC 3261 §22.3: challenges what is not REGISTER with 407', () => {
    const verdict = verifier.verify(sipRequest('INVITE', uri, []), options);
    expect(verdict).toMatchObject({ status: 407, headers: [{ name: 'Proxy-Authenticate' }, {}] });
  });

  it('remembers a bounded number of nonces; what it forgets turns stale, never replayable', () => {
    verifier = new DigestVerifier({ clock, random: seededRandom(1), maximumNonces: 3 });
    const used: SipRequest[] = [];
    for (let count = 0; count < 6; count++) {
      clock.advance(10);
      const request = answer('mira', 'geheim');
      expect(verifier.verify(request, options).accepted).toBe(true);
      used.push(request);
    }
    expect(used.map((request) => verifier.verify(request, options).accepted)).toEqual(Array(6).fill(false));
  });
});
