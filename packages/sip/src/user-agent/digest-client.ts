import type { RandomSource } from '@amtsleitung/base';
import { parseAuthHeader } from '../messages/auth-header.ts';
import { headerValues } from '../messages/header-access.ts';
import { quote } from '../messages/quoted-string.ts';
import type { Header, SipResponse } from '../messages/sip-message.ts';
import { digestAlgorithm, digestResponse, ha1 } from './digest.ts';
import type { DigestAlgorithm } from './digest.ts';
import type { Credentials } from './digest-credentials.ts';

interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: DigestAlgorithm;
  readonly hasAuth: boolean;
  readonly opaque?: string;
}

/** Answers challenges for one account, RFC 3261 §22.2. */
export class DigestClient {
  readonly #credentials: Credentials;
  readonly #random: RandomSource;
  /** Uses of the current nonce. */
  #count = 0;
  #nonce = '';

  constructor(credentials: Credentials, random: RandomSource) {
    this.#credentials = credentials;
    this.#random = random;
  }

  /** The header that answers a 401 or 407; undefined when nothing in it is ours to answer. */
  answer(response: SipResponse, method: string, uri: string): Header | undefined {
    const isProxy = response.status === 407;
    const challenges = headerValues(response, isProxy ? 'Proxy-Authenticate' : 'WWW-Authenticate');
    // RFC 8760 §2.4: the topmost we support.
    const challenge = challenges.map(readChallenge).find((one) => one !== undefined);
    if (!challenge) return undefined;
    return { name: isProxy ? 'Proxy-Authorization' : 'Authorization', value: this.#value(challenge, method, uri) };
  }

  #value(challenge: Challenge, method: string, uri: string): string {
    const { realm, nonce, algorithm, opaque } = challenge;
    const { username, password } = this.#credentials;
    this.#count = this.#nonce === nonce ? this.#count + 1 : 1;
    this.#nonce = nonce;
    const nc = this.#count.toString(16).padStart(8, '0');
    const cnonce = Buffer.from(this.#random.bytes(12)).toString('hex');
    const secret = ha1(algorithm, username, realm, password);
    const auth = challenge.hasAuth ? { nc, cnonce } : undefined;
    const response = digestResponse({ algorithm, ha1: secret, method, uri, nonce, ...(auth ? { auth } : {}) });
    const parts = [
      `username=${quote(username)}`,
      `realm=${quote(realm)}`,
      `nonce=${quote(nonce)}`,
      `uri=${quote(uri)}`,
    ];
    parts.push(`response="${response}"`, `algorithm=${algorithm}`);
    if (auth) parts.push('qop=auth', `cnonce="${cnonce}"`, `nc=${nc}`);
    if (opaque !== undefined) parts.push(`opaque=${quote(opaque)}`);
    return `Digest ${parts.join(', ')}`;
  }
}

function readChallenge(value: string): Challenge | undefined {
  const header = parseAuthHeader(value);
  const realm = header?.parameters.get('realm');
  const nonce = header?.parameters.get('nonce');
  const algorithm = digestAlgorithm(header?.parameters.get('algorithm'));
  if (header?.scheme.toLowerCase() !== 'digest' || realm === undefined || nonce === undefined || !algorithm) {
    return undefined;
  }
  const qop = header.parameters.get('qop');
  const hasAuth = qop?.split(',').some((one) => one.trim().toLowerCase() === 'auth') ?? false;
  if (qop !== undefined && !hasAuth) return undefined;
  const opaque = header.parameters.get('opaque');
  return { realm, nonce, algorithm, hasAuth, ...(opaque === undefined ? {} : { opaque }) };
}
