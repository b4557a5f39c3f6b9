import type { Clock, Logger, RandomSource, Timers } from '@amtsleitung/base';
import type { DirectorySource, RegistrationStore } from '@amtsleitung/domain';
import type { MediaEngine } from '@amtsleitung/media';
import type { Transport } from '@amtsleitung/sip';

export interface SoftswitchOptions {
  readonly listen: ListenOptions;
  readonly media: MediaEngine;
  readonly directory: DirectorySource;
  readonly registrationStore: RegistrationStore;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomSource;
  readonly logger: Logger;
  /** Holds `prompts/<language>/`, `music/` and `tones/`. */
  readonly assetsFolder: string;
  /** Recorded messages go to `messages/<tenant>/` below it. */
  readonly dataFolder: string;
  readonly limits?: Partial<SoftswitchLimits>;
}

export interface ListenOptions {
  /** Address to bind, e.g. `127.0.0.1` or `0.0.0.0`. */
  readonly host: string;
  /** 0: any free port. Undefined: not over this transport. */
  readonly udpPort?: number;
  readonly tcpPort?: number;
  /** What Via, Contact and SDP show when it is not the bound address. */
  readonly publicAddress?: string;
  /** The HTTP server stands behind a proxy on this machine: a browser's address is read from X-Forwarded-For. */
  readonly behindProxy?: boolean;
  /** Whether a browser page of this origin may open a SIP WebSocket. */
  readonly isAllowedOrigin: (origin: string | undefined, host: string | undefined) => boolean;
  /** Instead of sockets, e.g. the in-memory network of tests. */
  readonly transports?: readonly Transport[];
}

export interface SoftswitchLimits {
  /** Legs at once; INVITEs beyond get 503. Default 2,000. */
  readonly legs: number;
}
