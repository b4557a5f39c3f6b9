import type { DeviceKind } from '@amtsleitung/domain';

/** Whoever may register and dial: a device of the directory, or the browser of a signed-in session. */
export interface Account {
  readonly kind: 'device' | 'browser';
  /** The device's id, or the browser credential's. */
  readonly deviceId: string;
  /** Undefined for a browser. */
  readonly deviceKind?: DeviceKind;
  readonly tenantId: string;
  /** Who uses it now; a guest who has logged in on a desk phone comes before its owner. */
  readonly personId: string;
  /** Where the phone stands; unknown for a browser. */
  readonly siteId?: string;
  readonly username: string;
  readonly realm: string;
  readonly ha1: { readonly md5: string; readonly sha256: string };
}
