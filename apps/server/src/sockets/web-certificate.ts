import type { Server as WebServer } from 'node:http';
import { Server as TlsServer } from 'node:tls';

/** A new certificate for handshakes from now on; nothing for a server without TLS. Throws when it cannot be used. */
export function renewWebCertificate(
  web: WebServer,
  files: { readonly certificate: string; readonly key: string },
): void {
  if ((web as object) instanceof TlsServer) {
    (web as unknown as TlsServer).setSecureContext({ cert: files.certificate, key: files.key });
  }
}
