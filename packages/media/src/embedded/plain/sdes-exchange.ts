import type { RandomSource } from '@amtsleitung/base';
import { cryptoSuites, type CryptoLine, type CryptoSuite } from '../../sdp/crypto-attribute.ts';
import { SdpError } from '../../sdp/sdp-error.ts';
import type { MasterKey } from '../srtp/srtp-keys.ts';

/** What both sides encrypt with. */
export interface SdesAgreement {
  readonly suite: CryptoSuite;
  readonly send: MasterKey;
  readonly receive: MasterKey;
}

/** A suite and a key of 30 octets. */
type SuiteKey = Omit<CryptoLine, 'tag'>;

/**
 * The keys of one leg in its session descriptions, RFC 4568. Our key stays the same through holds and refreshes, so that
 * neither side loses its packet counters; the far side's may change with any description.
 */
export class SdesExchange {
  readonly #random: RandomSource;
  /** Ours, one for each suite. RFC 4568 §6.1: no key is used twice. */
  readonly #own = new Map<CryptoSuite, SuiteKey>();
  #offered: readonly CryptoLine[] = [];
  #agreed: { readonly own: SuiteKey; readonly remote: SuiteKey } | undefined;

  constructor(random: RandomSource) {
    this.#random = random;
  }

  get agreement(): SdesAgreement | undefined {
    if (!this.#agreed) return undefined;
    const { own, remote } = this.#agreed;
    return { suite: own.suite, send: masterKey(own.key), receive: masterKey(remote.key) };
  }

  /** RFC 4568 §5.1.1: all suites, the stronger first; once agreed, only that one. */
  offer(): readonly CryptoLine[] {
    const suites = this.#agreed ? [this.#agreed.own.suite] : cryptoSuites;
    this.#offered = suites.map((suite, at) => ({ ...this.#ownKey(suite), tag: at + 1 }));
    return this.#offered;
  }

  /** RFC 4568 §5.1.2: the first of the offered lines, with the same tag. Throws `SdpError` when there is none. */
  answer(offered: readonly CryptoLine[]): CryptoLine {
    const [chosen] = offered;
    if (!chosen) throw new SdpError(488, 'no usable SRTP key offered');
    const own = this.#ownKey(chosen.suite);
    this.#agreed = { own, remote: chosen };
    return { ...own, tag: chosen.tag };
  }

  /** RFC 4568 §5.1.3: exactly one line, one that we offered. Throws `SdpError`, and changes nothing. */
  check(answered: readonly CryptoLine[]): void {
    this.#ownFor(answered);
  }

  /** The far side's answer is in force. */
  accept(answered: readonly CryptoLine[]): void {
    this.#agreed = { own: this.#ownFor(answered), remote: answered[0]! };
  }

  #ownFor(answered: readonly CryptoLine[]): SuiteKey {
    const [line, ...more] = answered;
    const own = this.#offered.find(({ tag, suite }) => tag === line?.tag && suite === line.suite);
    if (!own || more.length > 0) throw new SdpError(488, 'SRTP was not answered as offered');
    return own;
  }

  #ownKey(suite: CryptoSuite): SuiteKey {
    const known = this.#own.get(suite);
    if (known) return known;
    const fresh = { suite, key: Buffer.from(this.#random.bytes(30)) };
    this.#own.set(suite, fresh);
    return fresh;
  }
}

/** RFC 4568 §6.1: 16 octets of key, then 14 of salt. */
const masterKey = (key: Buffer): MasterKey => ({ key: key.subarray(0, 16), salt: key.subarray(16) });
