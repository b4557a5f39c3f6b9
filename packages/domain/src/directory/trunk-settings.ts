import type { OpeningInterval } from '../schedule/opening-hours.ts';
import type { DiallingClass } from '../numbering/dialling-class.ts';

/** How a provider writes numbers: `+49621…`, `0049621…`, `49621…`, `0621…`. */
export type NumberFormat = 'plus' | 'zeros' | 'bare' | 'national';

/** Where a provider's INVITE tells the dialled number. */
export type DialledSource = 'request-uri' | 'to' | 'p-called-party-id';

/** Where a provider's INVITE tells the caller (RFC 3325 §9.1). */
export type CallerSource = 'p-asserted-identity' | 'p-preferred-identity' | 'remote-party-id' | 'from';

/** How we tell a provider who calls. */
export interface TrunkIdentity {
  /** User part of From: the caller's number, or the account with the number as display name. */
  readonly fromUser: 'number' | 'account';
  /** Header that proves which customer calls; the control centre of 110 and 112 is chosen by it. */
  readonly header: 'p-asserted-identity' | 'p-preferred-identity' | 'both' | 'none';
  /** What that header holds: the caller's own number, or always the head number. */
  readonly headerNumber: 'caller' | 'head';
  /** How CLIR is asked for (RFC 3323 §4.2, RFC 3325 §9.3): `Privacy: id`, an anonymous From, or both. */
  readonly anonymous: 'privacy' | 'from' | 'both';
  /** CLIP no screening: the provider shows any number we name, so a forwarded call may show who really calls. */
  readonly noScreening: boolean;
  /** Header that tells on whose behalf a call is forwarded (RFC 7044, RFC 5806). */
  readonly forwarding: 'history-info' | 'diversion' | 'none';
}

/** Limits of what a trunk may cost; they stop new calls only and never an emergency call. */
export interface TrunkGuard {
  /** Outgoing calls in any 60 s; 0: no limit. */
  readonly callsPerMinute: number;
  /** Estimated cost of a calendar day in cents, counted with `centsPerMinute`; 0: no limit. */
  readonly dailyCents: number;
  /** What the provider charges, by class; what is not named counts with `unknownCents`. */
  readonly centsPerMinute: Readonly<Partial<Record<DiallingClass, number>>>;
}

/** Cents a minute where nobody has named a price: a limit of money must hold before anybody thinks of it. */
export const unknownCents: Readonly<Partial<Record<DiallingClass, number>>> = { international: 100, premium: 300 };

/** Everything about a trunk in which providers differ. Presets are data files that fill it in. */
export interface TrunkSettings {
  /** Preset it began with, e.g. `telekom-companyflex`. */
  readonly preset: string;
  readonly enabled: boolean;
  /** Seconds asked for in REGISTER; 0: a static trunk, nothing is registered. */
  readonly registerSeconds: number;
  /** `host` or `host:port`, found by NAPTR and SRV without a port (RFC 3263); empty: the trunk's own host. */
  readonly outboundProxy: string;
  /** Digest user name where it is not the trunk's user name; empty: the same. */
  readonly authName: string;
  /** SRTP with keys in SDP (RFC 4568): never, or always (then a call without is refused). */
  readonly srtp: 'off' | 'required';
  /**
   * With SRTP: the provider wants it agreed on in REGISTER and named in each description (3GPP TS 24.229, `mediasec`).
   * Left out: no.
   */
  readonly mediasec?: boolean;
  /** Digest algorithms answered, best first (RFC 8760). */
  readonly digest: 'sha-256-or-md5' | 'md5' | 'sha-256';
  /** UDP only: requests above 1300 bytes go over TCP (RFC 3261 §18.1.1). */
  readonly largeOverTcp: boolean;
  /** Seconds between OPTIONS that ask whether the line lives; 0: never asked. Up to 20 a dead line is known in 30 s. */
  readonly optionsSeconds: number;
  /** Lower is tried first. */
  readonly order: number;
  /** Hours in which outgoing calls may use it; empty: always. Emergency calls ask no clock. */
  readonly hours: readonly OpeningInterval[];
  /** Classes of numbers it carries; empty: all. */
  readonly carries: readonly DiallingClass[];
  /** In this order; the first that holds a number counts. */
  readonly dialledFrom: readonly DialledSource[];
  readonly callerFrom: readonly CallerSource[];
  /** How numbers of incoming calls are written; `any`: found out from each. */
  readonly incomingFormat: NumberFormat | 'any';
  readonly outgoingFormat: NumberFormat;
  readonly identity: TrunkIdentity;
  readonly guard: TrunkGuard;
}

/** A static trunk with the habits most providers understand. */
export const staticTrunkSettings: TrunkSettings = {
  preset: 'generic-static',
  enabled: true,
  registerSeconds: 0,
  outboundProxy: '',
  authName: '',
  srtp: 'off',
  digest: 'sha-256-or-md5',
  largeOverTcp: true,
  optionsSeconds: 20,
  order: 100,
  hours: [],
  carries: [],
  dialledFrom: ['p-called-party-id', 'request-uri', 'to'],
  callerFrom: ['p-asserted-identity', 'p-preferred-identity', 'from'],
  incomingFormat: 'any',
  outgoingFormat: 'plus',
  identity: {
    fromUser: 'number',
    header: 'p-asserted-identity',
    headerNumber: 'caller',
    anonymous: 'both',
    noScreening: false,
    forwarding: 'none',
  },
  guard: { callsPerMinute: 60, dailyCents: 20_000, centsPerMinute: {} },
};
