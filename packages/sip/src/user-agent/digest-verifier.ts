import { equalSecrets } from '@amtsleitung/base';
import type { Clock, RandomSource } from '@amtsleitung/base';
import { parseAuthHeader } from '../messages/auth-header.ts';
import { headerValues } from '../messages/header-access.ts';
import { quote } from '../messages/quoted-string.ts';
import type { Header, SipRequest } from '../messages/sip-message.ts';
import { parseSipUri, sameSipUri } from '../messages/sip-uri.ts';
import { digestAlgorithm, digestResponse } from './digest.ts';
import type { DigestAlgorithm } from './digest.ts';
import { NonceBook } from './nonce-book.ts';

/** HA1 values of one account (`ha1`), never the password. At least one. */
export interface DigestSecrets {
  readonly sha256?: string;
  readonly md5?: string;
}

export interface DigestVerifierOptions {
  readonly clock: Clock;
  readonly random: RandomSource;
  /** At most 60 s; default 60. */
  readonly nonceSeconds?: number;
  /** Offered in this order. Default SHA-256, then MD5 (RFC 8760 §2.3). */
  readonly algorithms?: readonly DigestAlgorithm[];
  /** Nonces whose count is remembered; beyond, the oldest turn stale early. Default 20,000. */
  readonly maximumNonces?: number;
}

export interface VerifyOptions {
  readonly realm: string;
  /** Secrets of an account of this realm. Undefined for an unknown one: costs and answers the same as a wrong password. */
  readonly secretsOf: (username: string) => DigestSecrets | undefined;
  /** What nonces are bound to besides the realm, e.g. the source address. */
  readonly binding?: string;
  /** Instead of the verifier's own, e.g. for a phone that knows one of them only. */
  readonly algorithms?: readonly DigestAlgorithm[];
  /** `proxy`: 407 with Proxy-Authenticate; `user`: 401 with WWW-Authenticate. Default: 401 for REGISTER, else 407. */
  readonly role?: 'user' | 'proxy';
}

export type DigestVerdict =
  | { readonly accepted: true; readonly username: string }
  | {
      readonly accepted: false;
      readonly status: 401 | 407;
      readonly headers: readonly Header[];
      /** For counters and throttling only; the answer does not show it. `missing` and `stale` are no failed attempts. */
      readonly failure: 'missing' | 'stale' | 'wrong';
      /** The name that was tried. */
      readonly username?: string;
    };

interface DigestCredentials {
  readonly username: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly algorithm: DigestAlgorithm;
  readonly nc: string;
  readonly cnonce: string;
}

/** Server side of digest authentication, RFC 3261 §22 with RFC 7616 and RFC 8760. Nonces are made, not stored. */
export class DigestVerifier {
  readonly #nonces: NonceBook;
  readonly #algorithms: readonly DigestAlgorithm[];
  /** Stands in for the secrets of unknown users. */
  readonly #dummy: string;

  constructor(options: DigestVerifierOptions) {
    this.#algorithms = options.algorithms ?? ['SHA-256', 'MD5'];
    this.#nonces = new NonceBook({
      clock: options.clock,
      random: options.random,
      lifeMilliseconds: Math.min(60, options.nonceSeconds ?? 60) * 1_000,
      maximum: options.maximumNonces ?? 20_000,
    });
    this.#dummy = Buffer.from(options.random.bytes(32)).toString('hex');
  }

  /** Accepts, or says what to answer. Wrong name and wrong password look the same. */
  verify(request: SipRequest, options: VerifyOptions): DigestVerdict {
    const role = options.role ?? (request.method === 'REGISTER' ? 'user' : 'proxy');
    const credentials = this.#credentials(request, role, options);
    if (!credentials) return this.#challenge(options, role, 'missing');
    const { username } = credentials;
    if (!this.#isProven(request, credentials, options)) return this.#challenge(options, role, 'wrong', username);
    const count = parseInt(credentials.nc, 16);
    // RFC 7616 §3.3: stale only when the password was right.
    return this.#nonces.use(credentials.nonce, count, boundTo(options))
      ? { accepted: true, username }
      : this.#challenge(options, role, 'stale', username);
  }

  #credentials(request: SipRequest, role: 'user' | 'proxy', options: VerifyOptions): DigestCredentials | undefined {
    const name = role === 'proxy' ? 'Proxy-Authorization' : 'Authorization';
    return headerValues(request, name)
      .map((value) => readCredentials(value, options.realm))
      .find((one) => one !== undefined && this.#offered(options).includes(one.algorithm));
  }

  #isProven(request: SipRequest, credentials: DigestCredentials, options: VerifyOptions): boolean {
    const { algorithm, username, uri, nonce, nc, cnonce } = credentials;
    const secrets = options.secretsOf(username);
    const secret = algorithm === 'MD5' ? secrets?.md5 : secrets?.sha256;
    const auth = { nc, cnonce };
    const ha1 = secret ?? this.#dummy;
    const expected = digestResponse({ algorithm, ha1, method: request.method, uri, nonce, auth });
    const isEqual = equalSecrets(expected, credentials.response.toLowerCase());
    return isEqual && secret !== undefined && meansRequest(uri, request.uri);
  }

  #offered(options: VerifyOptions): readonly DigestAlgorithm[] {
    return options.algorithms ?? this.#algorithms;
  }

  #challenge(
    options: VerifyOptions,
    role: 'user' | 'proxy',
    failure: 'missing' | 'stale' | 'wrong',
    username?: string,
  ): DigestVerdict {
    const name = role === 'proxy' ? 'Proxy-Authenticate' : 'WWW-Authenticate';
    const nonce = this.#nonces.issue(boundTo(options));
    const stale = failure === 'stale' ? ', stale=true' : '';
    const headers = this.#offered(options).map((algorithm) => ({
      name,
      value: `Digest realm=${quote(options.realm)}, nonce="${nonce}", algorithm=${algorithm}, qop="auth"${stale}`,
    }));
    const status = role === 'proxy' ? 407 : 401;
    return { accepted: false, status, headers, failure, ...(username === undefined ? {} : { username }) };
  }
}

function boundTo(options: VerifyOptions): string {
  return `${options.realm}|${options.binding ?? ''}`;
}

/** RFC 7616 §3.4.6: what was signed must be what is asked. */
function meansRequest(signed: string, requested: string): boolean {
  if (signed === requested) return true;
  const [left, right] = [parseSipUri(signed), parseSipUri(requested)];
  return left !== undefined && right !== undefined && sameSipUri(left, right);
}

/** Undefined for other schemes and realms, for RFC 2069 clients (no replay protection) and for gaps. */
function readCredentials(value: string, realm: string): DigestCredentials | undefined {
  const header = parseAuthHeader(value);
  if (header?.scheme.toLowerCase() !== 'digest' || header.parameters.get('realm') !== realm) return undefined;
  const get = (name: string) => header.parameters.get(name) ?? '';
  const algorithm = digestAlgorithm(header.parameters.get('algorithm'));
  const [username, nonce, uri, response] = [get('username'), get('nonce'), get('uri'), get('response')];
  const [nc, cnonce] = [get('nc'), get('cnonce')];
  const isComplete = [username, nonce, uri, response, cnonce].every((part) => part !== '') && /^[0-9a-f]{8}$/i.test(nc);
  if (!algorithm || !isComplete || get('qop').toLowerCase() !== 'auth') return undefined;
  return { username, nonce, uri, response, algorithm, nc, cnonce };
}
