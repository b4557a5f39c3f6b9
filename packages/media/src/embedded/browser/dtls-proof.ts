import { createHash, createHmac, timingSafeEqual, verify, X509Certificate } from 'node:crypto';
import type { Fingerprint } from '../../sdp/secure-transport.ts';
import { digestOf } from './dtls-certificate.ts';

/** RFC 5246 §7.4.1.4.1 and RFC 8422: the signatures a browser's certificate makes. */
const hashNames: Readonly<Record<number, string>> = { 4: 'sha256', 5: 'sha384', 6: 'sha512' };
const rsa = 1;
const ecdsa = 3;
const namedCurve = 3;
const verifyDataLength = 12;

/** Whether the certificate is one of those the session description announced. RFC 8122 §5. */
export function matchesFingerprint(certificate: Buffer, fingerprints: readonly Fingerprint[]): boolean {
  return fingerprints.some(({ algorithm, digest }) => {
    const expected = Buffer.from(digest);
    const actual = Buffer.from(digestOf(algorithm, certificate));
    return expected.length === actual.length && timingSafeEqual(expected, actual);
  });
}

/** The body of a Certificate message: the first certificate. RFC 5246 §7.4.2. */
export function certificateOf(body: Buffer): Buffer | undefined {
  if (body.length < 6) return undefined;
  const length = body.readUIntBE(3, 3);
  return 6 + length <= body.length && length > 0 ? body.subarray(6, 6 + length) : undefined;
}

/**
 * Whether the key exchange was signed by the certificate's key (RFC 8422 §5.4). The library leaves this out; without it
 * a man in the middle could show the browser's certificate, which is public, and a key of his own.
 */
export function isKeyExchangeSigned(body: Buffer, certificate: Buffer, randoms: Buffer): boolean {
  if (body.length < 4 || body[0] !== namedCurve) return false;
  const paramsLength = 4 + body[3]!;
  if (body.length < paramsLength + 4) return false;
  const hash = hashNames[body[paramsLength]!];
  const signatureLength = body.readUInt16BE(paramsLength + 2);
  const signature = body.subarray(paramsLength + 4, paramsLength + 4 + signatureLength);
  if (hash === undefined || signature.length !== signatureLength) return false;
  const key = new X509Certificate(certificate).publicKey;
  const expected = body[paramsLength + 1] === rsa ? 'rsa' : body[paramsLength + 1] === ecdsa ? 'ec' : undefined;
  if (key.asymmetricKeyType !== expected) return false;
  return verify(hash, Buffer.concat([randoms, body.subarray(0, paramsLength)]), key, signature);
}

/** Whether a server's Finished fits the handshake as we saw it. RFC 5246 §7.4.9. */
export function isFinishedRight(body: Buffer, masterSecret: Buffer, handshake: Buffer): boolean {
  if (body.length !== verifyDataLength) return false;
  const seed = Buffer.concat([Buffer.from('server finished'), createHash('sha256').update(handshake).digest()]);
  // RFC 5246 §5: one round of P_SHA256 yields more than the 12 bytes needed.
  const first = createHmac('sha256', masterSecret).update(seed).digest();
  const expected = createHmac('sha256', masterSecret)
    .update(Buffer.concat([first, seed]))
    .digest();
  return timingSafeEqual(expected.subarray(0, verifyDataLength), body);
}
