/** SIP credential of one browser session. The clear password exists only in this answer. */
export interface BrowserCredential {
  readonly username: string;
  readonly password: string;
  readonly realm: string;
  /** Milliseconds since 1970 UTC. */
  readonly expiresAt: number;
}

/** Port: credentials live in the registrar's memory and die with their session. */
export interface BrowserCredentialIssuer {
  /** A fresh credential; an earlier one of the same session stops working. */
  issue(session: {
    readonly sessionId: string;
    readonly tenantId: string;
    readonly personId: string;
  }): BrowserCredential;
  /** Removes the credential and its registrations at once; calls in progress end. */
  revokeSession(sessionId: string): void;
}

/** Port: digest secrets of a new device password. */
export interface DeviceSecretHasher {
  hash(sipUser: string, realm: string, password: string): { readonly md5: string; readonly sha256: string };
}
