/** Whoever may register and dial: a device of the directory, or the browser of a signed-in session. */
export interface Account {
  readonly kind: 'device' | 'browser';
  /** The device's id, or the browser credential's. */
  readonly deviceId: string;
  readonly tenantId: string;
  readonly personId: string;
  /** Where the phone stands; unknown for a browser. */
  readonly siteId?: string;
  readonly username: string;
  readonly realm: string;
  readonly ha1: { readonly md5: string; readonly sha256: string };
}
