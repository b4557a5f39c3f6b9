import type { Trunk } from '@amtsleitung/domain';
import { listValues } from '@amtsleitung/sip';
import type { Header, SipResponse } from '@amtsleitung/sip';

const extension = 'mediasec';
const offered: readonly Header[] = [
  { name: 'Require', value: extension },
  { name: 'Proxy-Require', value: extension },
];
/** A provider names a handful of mechanisms; more is not repeated to it. */
const mostMechanisms = 16;

/**
 * How a line agrees with its provider on encrypted voice (3GPP TS 24.229 §5.1.1 on top of RFC 3329): what we can is told
 * with REGISTER, the provider's list comes with its challenge, and from then on every request repeats that list.
 */
export class MediaSecurity {
  readonly #isAsked: boolean;
  #verify: readonly Header[] = [];

  constructor({ settings }: Pick<Trunk, 'settings'>) {
    this.#isAsked = settings.mediasec === true && settings.srtp === 'required';
  }

  /** For REGISTER; the list follows with the answer to its challenge. */
  get registering(): readonly Header[] {
    if (!this.#isAsked) return [];
    return [{ name: 'Security-Client', value: `sdes-srtp;${extension}` }, ...offered];
  }

  /** For INVITE. */
  get calling(): readonly Header[] {
    return this.#isAsked ? [...offered, ...this.#verify] : [];
  }

  /** RFC 3329 §2.3.1: the server's list is repeated as it came. Returns the new headers. */
  learn(challenge: SipResponse): readonly Header[] {
    if (!this.#isAsked) return [];
    const mechanisms = listValues(challenge, 'Security-Server').slice(0, mostMechanisms);
    if (mechanisms.length > 0) this.#verify = [{ name: 'Security-Verify', value: mechanisms.join(', ') }];
    return this.#verify;
  }
}
