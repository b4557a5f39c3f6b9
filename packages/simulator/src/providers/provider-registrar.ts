import type { Clock, RandomSource } from '@amtsleitung/base';
import { DigestVerifier, ha1, headerValue, parseNameAddress, parseSipUri } from '@amtsleitung/sip';
import type { Header, ScreenVerdict, SipRequest, Source } from '@amtsleitung/sip';
import { securityFlaw, securityServer } from './media-security.ts';
import type { ProviderScript } from './provider-script.ts';

/** The registration of the house. */
export interface ProviderBinding {
  /** Its Contact URI. */
  readonly contact: string;
  readonly source: Source;
  /** Which server of the provider holds it. */
  readonly server: number;
  /** Monotonic milliseconds. */
  readonly until: number;
}

/** The provider's registrar: one account, digest, Min-Expires. */
export class ProviderRegistrar {
  readonly #script: ProviderScript;
  readonly #clock: Clock;
  readonly #verifier: DigestVerifier;
  #binding: ProviderBinding | undefined;
  /** REGISTERs that were accepted. */
  accepted = 0;

  constructor(script: ProviderScript, parts: { clock: Clock; random: RandomSource }) {
    this.#script = script;
    this.#clock = parts.clock;
    this.#verifier = new DigestVerifier({ ...parts, algorithms: [script.digest] });
  }

  /** The registration while it lasts. */
  get binding(): ProviderBinding | undefined {
    if (this.#binding && this.#binding.until <= this.#clock.monotonic()) this.#binding = undefined;
    return this.#binding;
  }

  /** Challenge, 403, 404 or 423; `pass` for a REGISTER that `bind` may take. */
  judge(request: SipRequest): ScreenVerdict {
    const { account, domain, registration } = this.#script;
    // RFC 3261 §10.3
    if (!account) return { status: 403 };
    const to = parseSipUri(parseNameAddress(headerValue(request, 'To') ?? '')?.uri ?? '');
    if (to?.user !== account.username || to.host !== domain) return { status: 404 };
    // RFC 3329 §2.3.1
    if (securityFlaw(request, this.#script)) return { status: 494, headers: securityServer(this.#script) };
    const challenge = this.challenge(request, 'user');
    if (challenge) return { ...challenge, headers: [...(challenge.headers ?? []), ...securityServer(this.#script)] };
    const seconds = secondsOf(request);
    // RFC 3261 §10.2.8
    if (seconds > 0 && seconds < registration.least)
      return { status: 423, headers: [{ name: 'Min-Expires', value: String(registration.least) }] };
    return 'pass';
  }

  /** What to answer when the request does not prove the account; undefined when it does. */
  challenge(request: SipRequest, role: 'user' | 'proxy' = 'proxy'): Exclude<ScreenVerdict, string> | undefined {
    const { account, domain } = this.#script;
    if (!account) return undefined;
    const name = account.authName ?? account.username;
    const verdict = this.#verifier.verify(request, {
      realm: domain,
      role,
      secretsOf: (username) =>
        username === name
          ? { md5: ha1('MD5', name, domain, account.password), sha256: ha1('SHA-256', name, domain, account.password) }
          : undefined,
    });
    if (verdict.accepted) return undefined;
    return verdict.failure === 'wrong' ? { status: 403 } : { status: verdict.status, headers: verdict.headers };
  }

  /** Headers of the 200. */
  bind(request: SipRequest, source: Source, server: number): readonly Header[] {
    const contact = parseNameAddress(headerValue(request, 'Contact') ?? '')?.uri ?? '';
    const seconds = Math.min(secondsOf(request), this.#script.registration.most);
    this.accepted++;
    const until = this.#clock.monotonic() + seconds * 1_000;
    this.#binding = seconds > 0 && contact !== '' ? { contact, source, server, until } : undefined;
    return seconds > 0 ? [{ name: 'Contact', value: `<${contact}>;expires=${seconds}` }] : [];
  }

  flowClosed(flowId: string): void {
    if (this.#binding?.source.flowId === flowId) this.#binding = undefined;
  }
}

function secondsOf(request: SipRequest): number {
  const own = /;\s*expires=(\d+)/i.exec(headerValue(request, 'Contact') ?? '')?.[1];
  return Number(own ?? headerValue(request, 'Expires') ?? 3600);
}
