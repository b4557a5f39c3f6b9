import { checkServerIdentity, createSecureContext, getCACertificates } from 'node:tls';
import type { PeerCertificate, SecureContext } from 'node:tls';
import { parseSipUri } from '../messages/sip-uri.ts';
import { tlsPolicy } from './tls-policy.ts';

/** Who may vouch for a provider: Node's own list, the system's (`update-ca-certificates`), and what the house adds. */
export class Authorities {
  readonly #added: readonly string[];
  #context: SecureContext | undefined;

  constructor(added: readonly string[]) {
    this.#added = added;
  }

  /** Made once: reading hundreds of certificates takes a while. */
  get context(): SecureContext {
    const ca = () => [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...this.#added])];
    this.#context ??= createSecureContext({ ...tlsPolicy, ca: ca() });
    return this.#context;
  }
}

/** Whether a certificate is that of the SIP domain `name`: by a URI in it (RFC 5922 §7.1), or as everywhere else. */
export function provesName(name: string, certificate: PeerCertificate): Error | undefined {
  // Node quotes whatever could be taken for more than one name (CVE-2021-44532): none of it counts.
  const names = (certificate.subjectaltname ?? '').replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const uris = [...names.matchAll(/(?:^|, )URI:(sip:[^\s,"]+)/gi)];
  const isNamed = uris.some(([, uri]) => {
    const parsed = parseSipUri(uri!);
    // RFC 5922 §7.1: sip alone; a URI with a user part speaks for that user, not for the domain.
    return parsed !== undefined && parsed.user === undefined && parsed.host.toLowerCase() === name.toLowerCase();
  });
  return isNamed ? undefined : checkServerIdentity(name, certificate);
}
