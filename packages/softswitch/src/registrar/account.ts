import type { DeviceKind, Registration } from '@amtsleitung/domain';
import type { DigestAlgorithm } from '@amtsleitung/sip';

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
  /** What it is challenged with, best first; undefined: as the house does. */
  readonly algorithms?: readonly DigestAlgorithm[];
  /** Requests over 1300 bytes go to it over TCP. */
  readonly largeOverTcp: boolean;
  /** Its sound is encrypted where its keys travel encrypted. */
  readonly srtp: boolean;
  readonly ha1: { readonly md5: string; readonly sha256: string };
}

/** RFC 3261 §18.1.1, as set for the device. A phone behind a proxy is the proxy's to reach. */
export const takesTcp = (account: Account, { transport, route }: Pick<Registration, 'transport' | 'route'>): boolean =>
  account.largeOverTcp && transport === 'udp' && route?.phone === undefined;
