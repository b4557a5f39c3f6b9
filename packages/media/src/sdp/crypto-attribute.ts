/** The suites of RFC 4568 §6.2 that every provider speaks. */
export type CryptoSuite = 'AES_CM_128_HMAC_SHA1_80' | 'AES_CM_128_HMAC_SHA1_32';

export const cryptoSuites: readonly CryptoSuite[] = ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'];

/** One `a=crypto` line: the key its writer encrypts with. Never to be logged. */
export interface CryptoLine {
  readonly tag: number;
  readonly suite: CryptoSuite;
  /** Master key and salt, 30 octets. */
  readonly key: Buffer;
}

const keyLength = 30;

/**
 * Reads the value of an `a=crypto` attribute, RFC 4568 §9.1. Undefined for what we do not speak: other suites, several
 * keys, a master key identifier (it would stand in every packet) and session parameters that change the packets.
 */
export function parseCryptoAttribute(value: string): CryptoLine | undefined {
  const [tagText, suiteText, keyParameters, ...sessionParameters] = value.trim().split(/ +/);
  const tag = /^[0-9]{1,9}$/.test(tagText ?? '') ? Number(tagText) : undefined;
  const suite = cryptoSuites.find((known) => known === suiteText);
  const key = keyOf(keyParameters ?? '');
  if (tag === undefined || !suite || !key || !sessionParameters.every(isHarmless)) return undefined;
  return { tag, suite, key };
}

export const printCryptoAttribute = ({ tag, suite, key }: CryptoLine): string =>
  `${tag} ${suite} inline:${key.toString('base64')}`;

/** `inline:` key, perhaps with a lifetime; no call lasts for the 2^31 packets that are meant by it. */
function keyOf(parameters: string): Buffer | undefined {
  const [, text] = /^inline:([A-Za-z0-9+/]{40})(?:\|(?:2\^)?[0-9]{1,20})?$/.exec(parameters) ?? [];
  const key = text === undefined ? undefined : Buffer.from(text, 'base64');
  return key?.length === keyLength ? key : undefined;
}

/** RFC 4568 §6.3.6, §6.3.7: a window size is a hint, and a minus marks what may be ignored. */
const isHarmless = (parameter: string): boolean => parameter.startsWith('-') || /^WSH=[0-9]{2,5}$/.test(parameter);
