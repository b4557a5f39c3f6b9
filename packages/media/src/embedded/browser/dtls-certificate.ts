import { createHash } from 'node:crypto';
import {
  createSelfSignedCertificate,
  HashAlgorithm,
  NamedCurveAlgorithm,
  SignatureAlgorithm,
  type SignatureHash,
} from 'werift';

/** The key pair the media process shows to every browser; new with every start. */
export interface DtlsCertificate {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly signatureHash: SignatureHash;
  /** As in a=fingerprint: `sha-256 AB:CD…`. */
  readonly fingerprint: string;
}

export async function createDtlsCertificate(): Promise<DtlsCertificate> {
  const { certPem, keyPem, signatureHash } = await createSelfSignedCertificate(
    { signature: SignatureAlgorithm.ecdsa_3, hash: HashAlgorithm.sha256_4 },
    NamedCurveAlgorithm.secp256r1_23,
  );
  const der = Buffer.from(certPem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return {
    certificatePem: certPem,
    keyPem,
    signatureHash,
    fingerprint: `sha-256 ${digestOf('sha-256', der)}`,
  };
}

/** The digest of a certificate as SDP writes it. */
export const digestOf = (algorithm: 'sha-256' | 'sha-384' | 'sha-512', certificate: Buffer): string =>
  createHash(algorithm.replace('-', '')).update(certificate).digest('hex').toUpperCase().match(/../g)!.join(':');
