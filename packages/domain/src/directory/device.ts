/**
 * What stands at the end of the line. An analogue adapter keeps fax and modem tones as they are; a door station opens by
 * DTMF and calls, but holds no calls; a lift or alarm dialler may only call what it is set up for and never rings.
 */
export type DeviceKind = 'desk-phone' | 'softphone' | 'analogue-adapter' | 'door-station' | 'alarm-dialler';

export interface DeviceSettings {
  readonly kind: DeviceKind;
  /** Challenges it is sent, best first; many phones give up at one that is not MD5. Undefined: the house's default. */
  readonly digest?: 'md5' | 'sha-256';
  /** Requests above 1300 bytes go to it over TCP (RFC 3261 §18.1.1). */
  readonly largeOverTcp: boolean;
  /** Calls to it are encrypted (SRTP, RFC 4568) and nothing else, while it is registered over TLS. Default: not. */
  readonly srtp?: boolean;
  /** Somebody else may log in on it (hot desking). */
  readonly hotDesk: boolean;
  /** Door station: digits that open the door, sent by whoever answers. */
  readonly doorDigits?: string;
  /** Alarm or lift dialler: the outside numbers it is set up for, as one would dial them. Empty: inside and help only. */
  readonly allowedNumbers?: readonly string[];
}

export const plainDevice: DeviceSettings = { kind: 'desk-phone', largeOverTcp: true, hotDesk: false };

/** A SIP device that belongs to a person: desk phone or softphone. Browser phones get a credential per session instead. */
export interface Device {
  readonly id: string;
  readonly tenantId: string;
  readonly personId: string;
  readonly siteId: string;
  readonly label: string;
  /** Digest user name, unique over all tenants. */
  readonly sipUser: string;
  /** Digest realm = the tenant's SIP domain. HA1 per algorithm, RFC 8760; never the password itself. */
  readonly ha1: { readonly md5: string; readonly sha256: string };
  readonly settings: DeviceSettings;
  /** Who has logged in on it (hot desking); it is theirs until they log out. Undefined: the owner's. */
  readonly guestPersonId?: string;
  /** The town's day on which the guest logged in, as YYYY-MM-DD. */
  readonly guestDay?: string;
}

/** Whose phone it is right now. */
export const userOf = (device: Device): string => device.guestPersonId ?? device.personId;
