import { SdpError } from './sdp-error.ts';
import { attribute, attributeValues, type MediaSection, type SessionDescription } from './session-description.ts';

export interface Fingerprint {
  readonly algorithm: 'sha-256' | 'sha-384' | 'sha-512';
  /** Upper-case hexadecimal pairs with colons. */
  readonly digest: string;
}

/** A browser's side of ICE and DTLS. RFC 8839, RFC 8842. */
export interface SecureTransport {
  readonly ufrag: string;
  readonly password: string;
  readonly fingerprints: readonly Fingerprint[];
  readonly mid?: string;
}

/** Throws `SdpError` 488 when something that makes media safe is missing. */
export function readTransport(section: MediaSection, description: SessionDescription): SecureTransport {
  const value = (name: string): string | undefined =>
    attribute(section.attributes, name) ?? attribute(description.attributes, name);
  const ufrag = value('ice-ufrag');
  const password = value('ice-pwd');
  if (!ufrag || !password || password.length < 22) throw new SdpError(488, 'no ICE credentials');
  const fingerprints = fingerprintsOf([...section.attributes, ...description.attributes]);
  if (fingerprints.length === 0) throw new SdpError(488, 'no usable fingerprint');
  if (attribute(section.attributes, 'rtcp-mux') === undefined) throw new SdpError(488, 'no rtcp-mux');
  // We are always the DTLS client: one who insists on that role cannot be met. RFC 8842 §5.1.
  if (!['actpass', 'passive'].includes(value('setup') ?? '')) throw new SdpError(488, 'no usable DTLS role');
  return { ufrag, password, fingerprints, mid: attribute(section.attributes, 'mid') };
}

function fingerprintsOf(attributes: SessionDescription['attributes']): readonly Fingerprint[] {
  return attributeValues(attributes, 'fingerprint').flatMap((value) => {
    const [name, digest] = value.split(' ');
    const algorithm = (['sha-256', 'sha-384', 'sha-512'] as const).find((known) => known === name?.toLowerCase());
    if (!algorithm || !digest || !/^[0-9a-f]{2}(:[0-9a-f]{2})+$/i.test(digest)) return [];
    return [{ algorithm, digest: digest.toUpperCase() }];
  });
}
