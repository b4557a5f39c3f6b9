/** Why a trunk does not work, or did not for its last request. The screen has a sentence for each. */
export type TrunkErrorKind =
  | 'name-not-found'
  | 'no-answer'
  | 'connection-refused'
  | 'certificate-not-trusted'
  | 'wrong-credentials'
  | 'forbidden'
  | 'unknown-number'
  | 'interval-too-brief'
  | 'overloaded'
  | 'server-error'
  | 'srtp-refused'
  | 'refused';

export interface TrunkError {
  readonly kind: TrunkErrorKind;
  /** SIP status, if there was an answer. */
  readonly status?: number;
  /** Wall milliseconds. */
  readonly at: number;
}

/**
 * `off`: not enabled. `starting`: nothing is known yet. `up`: registered, OPTIONS answered, or a call came about.
 * `down`: calls go over another trunk; found out with hysteresis, so a single lost answer changes nothing.
 */
export type TrunkStatus = 'off' | 'starting' | 'up' | 'down';

/** The live state of one trunk. */
export interface TrunkState {
  readonly trunkId: string;
  readonly tenantId: string;
  readonly status: TrunkStatus;
  /** Wall milliseconds. */
  readonly since: number;
  /** Wall milliseconds until which the provider keeps our registration. */
  readonly registeredUntil?: number;
  /** `udp 192.0.2.1:5060`: the server that holds the registration, or would get the next call. */
  readonly server?: string;
  /** Milliseconds of the last answered REGISTER or OPTIONS. */
  readonly roundTrip?: number;
  readonly lastError?: TrunkError;
  readonly calls: { readonly incoming: number; readonly outgoing: number };
}

/** Port: live states of all trunks; the softswitch knows them. */
export interface TrunkStates {
  of(trunkId: string): TrunkState | undefined;
  /** False: a new call should try another trunk first. Unknown trunks are not usable. */
  isUsable(trunkId: string): boolean;
  /** Registers anew and asks OPTIONS at once (an administrator's button). */
  check(trunkId: string): void;
  onChange(listener: (state: TrunkState) => void): () => void;
}
