import type { Clock, Logger, RandomSource, Timers } from '@amtsleitung/base';
import type { DirectorySource, RegistrationStore, TraceStore } from '@amtsleitung/domain';
import type { MediaEngine } from '@amtsleitung/media';
import type { DigestAlgorithm, Locator, TlsCertificate, Transport } from '@amtsleitung/sip';
import type { DelayMonitor } from './overload/delay-monitor.ts';

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
  /** Keeps the masked signalling of calls of tenants that want it; left out: nothing is traced. */
  readonly traceStore?: TraceStore;
  readonly limits?: Partial<SoftswitchLimits>;
  /** How late the process is. Without it only legs and transactions tell an overload. */
  readonly delayMonitor?: DelayMonitor;
  /** Finds providers' servers. Default: RFC 3263 on the system's name service. */
  readonly locator?: Locator;
  /**
   * What challenges offer, in this order. Default MD5 alone: phones that do not know RFC 8760 (libre before 3 among them)
   * give up at any challenge that names another algorithm, wherever it stands. The secrets are long and random, so what
   * is weak about MD5 does not matter here. A house whose phones all know better sets `['SHA-256', 'MD5']`.
   */
  readonly digestAlgorithms?: readonly DigestAlgorithm[];
}

export interface ListenOptions {
  /** Address to bind, e.g. `127.0.0.1` or `0.0.0.0`. */
  readonly host: string;
  /** 0: any free port. Undefined: not over this transport. */
  readonly udpPort?: number;
  readonly tcpPort?: number;
  /** SIP over TLS. Without it, or without a certificate, TLS connections are only opened (to providers). */
  readonly tls?: TlsListenOptions;
  /** Bound besides, on the same ports: an address of the other family than `host`, e.g. `::`. */
  readonly secondHost?: string;
  /** What is shown instead of `secondHost`. */
  readonly secondPublicAddress?: string;
  /** What Via, Contact and SDP show when it is not the bound address. */
  readonly publicAddress?: string;
  /** The HTTP server stands behind a proxy on this machine: a browser's address is read from X-Forwarded-For. */
  readonly behindProxy?: boolean;
  /** Addresses of SIP proxies of ours in front of the phones: what they say of a sender is believed (RFC 3327). */
  readonly proxies?: readonly string[];
  /** Whether a browser page of this origin may open a SIP WebSocket. */
  readonly isAllowedOrigin: (origin: string | undefined, host: string | undefined) => boolean;
  /** Instead of sockets, e.g. the in-memory network of tests. */
  readonly transports?: readonly Transport[];
}

export interface TlsListenOptions {
  readonly port: number;
  readonly certificate?: TlsCertificate;
  /** Certificates (PEM) by which providers may prove themselves, besides those the system trusts. */
  readonly trusted?: readonly string[];
}

export interface SoftswitchLimits {
  /** Legs at once; INVITEs beyond get 503, emergency calls excepted. Default 1,800. */
  readonly legs: number;
}
