import type { TrunkSettings } from './trunk-settings.ts';

/** A line to a provider or to another telephone system. */
export interface Trunk {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  /** The provider's SIP domain: registrar and host of Request-URI, From and To. Where requests go unless there is an outbound proxy. */
  readonly host: string;
  /** Undefined: found by NAPTR and SRV (RFC 3263 §4), else the transport's default. */
  readonly port?: number;
  readonly transport: 'udp' | 'tcp' | 'tls';
  /** Source addresses whose INVITEs are this trunk's, e.g. `127.0.0.1` or `192.0.2.10:5080`. Empty: digest or registration only. */
  readonly sourceAddresses: readonly string[];
  /** Digest credential: user name of an incoming trunk INVITE, and our own towards the provider. Empty: none. */
  readonly username: string;
  /** Digest secrets for incoming requests; undefined when the trunk is known by address only. */
  readonly ha1?: { readonly md5: string; readonly sha256: string };
  /**
   * Our own secret for the provider's challenges. In clear, because the provider names its realm only when it
   * challenges. Never shown, never logged.
   */
  readonly password?: string;
  /** Most calls at once; calls above are refused with 503 on outgoing, taken on incoming (R7). */
  readonly outgoingCapacity: number;
  readonly settings: TrunkSettings;
}
