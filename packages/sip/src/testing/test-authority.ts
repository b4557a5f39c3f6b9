import { webcrypto } from 'node:crypto';
import { BasicConstraintsExtension, SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import type { JsonGeneralName, X509Certificate } from '@peculiar/x509';

/** PEM. */
export interface TestCertificate {
  readonly certificate: string;
  readonly key: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMilliseconds = 86_400_000;

/** A certificate authority of a test's own. */
export class TestAuthority {
  /** What has to be trusted, PEM. */
  readonly certificate: string;
  readonly #root: X509Certificate;
  readonly #keys: webcrypto.CryptoKeyPair;

  private constructor(root: X509Certificate, keys: webcrypto.CryptoKeyPair) {
    this.#root = root;
    this.#keys = keys;
    this.certificate = root.toString('pem');
  }

  static async create(name = 'Test authority'): Promise<TestAuthority> {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const root = await X509CertificateGenerator.createSelfSigned({
      name: `CN=${name}`,
      notBefore: new Date(Date.now() - dayMilliseconds),
      notAfter: new Date(Date.now() + 365 * dayMilliseconds),
      signingAlgorithm: algorithm,
      keys,
      extensions: [new BasicConstraintsExtension(true)],
    });
    return new TestAuthority(root, keys);
  }

  /** A certificate for the given names, valid for `days` from yesterday on. */
  async issue(names: readonly JsonGeneralName[], days = 90): Promise<TestCertificate> {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const certificate = await X509CertificateGenerator.create({
      subject: `CN=${names[0]?.value ?? 'nobody'}`,
      issuer: this.#root.subject,
      notBefore: new Date(Date.now() - dayMilliseconds),
      notAfter: new Date(Date.now() + (days - 1) * dayMilliseconds),
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: this.#keys.privateKey,
      extensions: [new SubjectAlternativeNameExtension([...names])],
    });
    const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
    return {
      certificate: certificate.toString('pem'),
      key: `-----BEGIN PRIVATE KEY-----\n${key.replace(/(.{64})/g, '$1\n').trim()}\n-----END PRIVATE KEY-----\n`,
    };
  }
}
