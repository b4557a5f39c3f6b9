import type { RandomSource } from '@amtsleitung/base';
import { parseAuthHeader } from '../messages/auth-header.ts';
import { headerValue, headerValues } from '../messages/header-access.ts';
import { quote } from '../messages/quoted-string.ts';
import { emptyBody } from '../messages/sip-message.ts';
import type { Header, SipResponse } from '../messages/sip-message.ts';
import { digestAlgorithm, digestResponse, ha1 } from './digest.ts';
import type { DigestAlgorithm } from './digest.ts';
import type { Credentials } from './digest-credentials.ts';

interface Challenge {
  readonly header: 'Authorization' | 'Proxy-Authorization';
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: DigestAlgorithm;
  /** Undefined for servers of RFC 2069. */
  readonly qop: 'auth' | 'auth-int' | undefined;
  readonly opaque: string | undefined;
}

/** The request whose challenge is answered. */
export interface ChallengedRequest {
  readonly method: string;
  readonly uri: string;
  readonly body?: Uint8Array;
}

/**
 * Answers challenges for one account, RFC 3261 §22.2, RFC 8760. Kept over several requests it needs no challenge for
 * those that follow.
 */
export class DigestClient {
  readonly #credentials: Credentials;
  readonly #random: RandomSource;
  /** Uses of the current nonce. */
  #count = 0;
  #nonce = '';
  /** What the last challenge was, and for which method. */
  #last: { readonly challenge: Challenge; readonly method: string } | undefined;

  constructor(credentials: Credentials, random: RandomSource) {
    this.#credentials = credentials;
    this.#random = random;
  }

  /** The header that answers a 401 or 407; undefined when nothing in it is ours to answer. */
  answer(response: SipResponse, request: ChallengedRequest): Header | undefined {
    const isProxy = response.status === 407;
    const header = isProxy ? 'Proxy-Authorization' : 'Authorization';
    const allowed = this.#credentials.algorithms ?? ['SHA-256', 'MD5'];
    // RFC 8760 §2.4: the topmost we support.
    const challenge = headerValues(response, isProxy ? 'Proxy-Authenticate' : 'WWW-Authenticate')
      .map((value) => readChallenge(header, value))
      .find((one) => one !== undefined && allowed.includes(one.algorithm));
    if (!challenge) return undefined;
    this.#last = { challenge, method: request.method };
    return this.#sign(challenge, request);
  }

  /** Credentials ahead of a challenge, by the last one for the same method (RFC 7616 §3.6); undefined before the first. */
  preempt(request: ChallengedRequest): Header | undefined {
    return this.#last?.method === request.method ? this.#sign(this.#last.challenge, request) : undefined;
  }

  /** Takes over the nonce that a success names for the next time, RFC 7616 §3.5. */
  learn(response: SipResponse): void {
    if (!this.#last) return;
    const { challenge, method } = this.#last;
    const name = challenge.header === 'Authorization' ? 'Authentication-Info' : 'Proxy-Authentication-Info';
    const info = parseAuthHeader(`Digest ${headerValue(response, name) ?? ''}`);
    const nonce = info?.parameters.get('nextnonce');
    if (nonce !== undefined) this.#last = { challenge: { ...challenge, nonce }, method };
  }

  #sign(challenge: Challenge, request: ChallengedRequest): Header {
    const { realm, nonce, algorithm, opaque, qop } = challenge;
    const { method, uri, body = emptyBody } = request;
    const { username, password } = this.#credentials;
    this.#count = this.#nonce === nonce ? this.#count + 1 : 1;
    this.#nonce = nonce;
    const nc = this.#count.toString(16).padStart(8, '0');
    const cnonce = Buffer.from(this.#random.bytes(12)).toString('hex');
    const secret = ha1(algorithm, username, realm, password);
    const auth = qop === undefined ? {} : { auth: { nc, cnonce, ...(qop === 'auth-int' ? { body } : {}) } };
    const response = digestResponse({ algorithm, ha1: secret, method, uri, nonce, ...auth });
    const parts = [
      `username=${quote(username)}`,
      `realm=${quote(realm)}`,
      `nonce=${quote(nonce)}`,
      `uri=${quote(uri)}`,
    ];
    parts.push(`response="${response}"`, `algorithm=${algorithm}`);
    if (qop !== undefined) parts.push(`qop=${qop}`, `cnonce="${cnonce}"`, `nc=${nc}`);
    if (opaque !== undefined) parts.push(`opaque=${quote(opaque)}`);
    return { name: challenge.header, value: `Digest ${parts.join(', ')}` };
  }
}

function readChallenge(name: Challenge['header'], value: string): Challenge | undefined {
  const header = parseAuthHeader(value);
  const realm = header?.parameters.get('realm');
  const nonce = header?.parameters.get('nonce');
  const algorithm = digestAlgorithm(header?.parameters.get('algorithm'));
  if (header?.scheme.toLowerCase() !== 'digest' || realm === undefined || nonce === undefined || !algorithm) {
    return undefined;
  }
  const offered = header.parameters
    .get('qop')
    ?.split(',')
    .map((one) => one.trim().toLowerCase());
  const qop = (['auth', 'auth-int'] as const).find((one) => offered?.includes(one));
  if (offered && qop === undefined) return undefined;
  return { header: name, realm, nonce, algorithm, qop, opaque: header.parameters.get('opaque') };
}
