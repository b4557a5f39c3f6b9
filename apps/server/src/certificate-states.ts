import { X509Certificate } from 'node:crypto';
import type { CertificateState } from '@amtsleitung/api';

interface ShownCertificate {
  readonly use: CertificateState['use'];
  /** PEM; the first one of a chain counts. Undefined: nothing is shown there. */
  readonly pem: string | undefined;
}

/** What this house's certificates say about themselves. One that cannot be read is left out. */
export const certificateStates = (shown: readonly ShownCertificate[]): readonly CertificateState[] =>
  shown.flatMap(({ use, pem }) => (pem === undefined ? [] : stateOf(use, pem)));

function stateOf(use: CertificateState['use'], pem: string): readonly CertificateState[] {
  try {
    const certificate = new X509Certificate(pem);
    const names = (certificate.subjectAltName ?? '')
      .split(', ')
      .map((name) => name.replace(/^(?:DNS|IP Address):/, ''))
      .filter((name) => name !== '');
    const selfSigned = certificate.issuer === certificate.subject;
    return [{ use, names, expiresAt: Date.parse(certificate.validTo), selfSigned }];
  } catch {
    return [];
  }
}
