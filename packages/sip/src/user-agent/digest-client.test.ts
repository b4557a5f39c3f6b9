import { seededRandom } from '@amtsleitung/base/testing';
import { describe, expect, it } from 'vitest';
import { DigestClient, headerValue, parseAuthHeader, sipResponse } from '../index.ts';
import type { Credentials, SipRequest, UserAgentOptions } from '../index.ts';
import { digestResponse, ha1 } from './digest.ts';
import { Scene } from '../testing/index.ts';

const challenge = (status: 401 | 407, ...values: string[]) =>
  sipResponse(
    status,
    '',
    values.map((value) => ({ name: status === 407 ? 'Proxy-Authenticate' : 'WWW-Authenticate', value })),
  );
const sha = 'Digest realm="x", nonce="s", algorithm=SHA-256, qop="auth"';
const md5 = 'Digest realm="x", nonce="m", algorithm=MD5, qop="auth"';
const request = { method: 'INVITE', uri: 'sip:115@x.test' };
const client = (extra: Partial<Credentials> = {}) =>
  new DigestClient({ username: 'amt', password: 'geheim', ...extra }, seededRandom(1));
const parametersOf = (header: { readonly value: string } | undefined) =>
  parseAuthHeader(header?.value ?? '')?.parameters;

describe('answers to challenges', () => {
  it('RFC 8760 §2.4: the topmost algorithm that is supported', () => {
    expect(parametersOf(client().answer(challenge(401, sha, md5), request))?.get('algorithm')).toBe('SHA-256');
    expect(parametersOf(client().answer(challenge(401, md5, sha), request))?.get('algorithm')).toBe('MD5');
    const unknown = 'Digest realm="x", nonce="u", algorithm=SHA-512-256, qop="auth"';
    expect(parametersOf(client().answer(challenge(401, unknown, md5), request))?.get('nonce')).toBe('m');
  });

  it('RFC 8760 §2.4: only by the algorithms that are allowed', () => {
    const strict = client({ algorithms: ['SHA-256'] });
    expect(parametersOf(strict.answer(challenge(401, md5, sha), request))?.get('algorithm')).toBe('SHA-256');
    expect(strict.answer(challenge(401, md5), request)).toBeUndefined();
  });

  it('RFC 7616 §3.4: counts the uses of a nonce', () => {
    const one = client();
    const counts = [1, 2].map(() => parametersOf(one.answer(challenge(401, sha), request))?.get('nc'));
    expect(counts).toEqual(['00000001', '00000002']);
  });

  it('RFC 7616 §3.4.3: auth-int signs the body where nothing else is offered', () => {
    const body = new TextEncoder().encode('v=0');
    const offered = challenge(401, 'Digest realm="x", nonce="n", algorithm=SHA-256, qop="auth-int"');
    const parameters = parametersOf(client().answer(offered, { ...request, body }))!;
    expect(parameters.get('qop')).toBe('auth-int');
    const auth = { nc: parameters.get('nc')!, cnonce: parameters.get('cnonce')!, body };
    const secret = ha1('SHA-256', 'amt', 'x', 'geheim');
    expect(parameters.get('response')).toBe(
      digestResponse({ algorithm: 'SHA-256', ha1: secret, ...request, nonce: 'n', auth }),
    );
  });

  it('RFC 7616 §3.4: neither unknown qualities nor other schemes', () => {
    const one = client();
    expect(one.answer(challenge(401, 'Digest realm="x", nonce="n", qop="auth-x"'), request)).toBeUndefined();
    expect(one.answer(challenge(401, 'Bearer realm="x"'), request)).toBeUndefined();
  });

  it('RFC 7616 §3.5: nextnonce is used for what follows', () => {
    const one = client();
    one.answer(challenge(401, sha), request);
    one.learn(sipResponse(200, 'OK', [{ name: 'Authentication-Info', value: 'nextnonce="next", qop=auth' }]));
    const parameters = parametersOf(one.preempt(request));
    expect([parameters?.get('nonce'), parameters?.get('nc')]).toEqual(['next', '00000001']);
    expect(one.preempt({ ...request, method: 'REGISTER' })).toBeUndefined();
  });
});

describe('challenged requests', () => {
  const screening = (rounds: readonly (401 | 407)[]): Partial<UserAgentOptions> => ({
    methods: ['REGISTER'],
    handlers: {
      onRequest: (incoming) => incoming.respond(200),
      screen: (message: SipRequest) => {
        const missing = rounds.find(
          (status) => headerValue(message, status === 407 ? 'Proxy-Authorization' : 'Authorization') === undefined,
        );
        if (missing === undefined) return 'pass';
        return { status: missing, headers: challenge(missing, sha).headers };
      },
    },
  });
  const credentials = { username: 'amt', password: 'geheim' };

  it('RFC 3261 §22.3: by a proxy and by the far side are answered with both', async () => {
    const scene = await Scene.set({ house: screening([407, 401]), onInvite: (session) => session.provisional(180) });
    scene.citizen.invite({ ...scene.call, credentials });
    await scene.pass(50);
    expect(scene.requests('INVITE').map((one) => headerValue(one, 'CSeq'))).toEqual([
      '1 INVITE',
      '2 INVITE',
      '3 INVITE',
    ]);
    expect(scene.incoming).toHaveLength(1);
  });

  it('RFC 3261 §22.1: the same credentials are not sent twice after a refusal', async () => {
    const scene = await Scene.set({
      house: {
        methods: ['REGISTER'],
        handlers: { screen: () => ({ status: 401, headers: challenge(401, md5).headers }) },
      },
    });
    const answer = scene.citizen.request({ ...scene.call, body: undefined, method: 'REGISTER', credentials });
    await scene.pass(50);
    expect((await answer).status).toBe(401);
    expect(scene.requests('REGISTER')).toHaveLength(2);
  });

  it('RFC 7616 §3.6: an account kept over requests is challenged once', async () => {
    const scene = await Scene.set({ house: screening([401]) });
    const digest = client();
    for (let cseq = 1; cseq < 6; cseq += 2) {
      const answer = scene.citizen.request({ ...scene.call, body: undefined, method: 'REGISTER', digest, cseq });
      await scene.pass(50);
      expect((await answer).status).toBe(200);
    }
    expect(scene.responses(401)).toHaveLength(1);
  });
});
