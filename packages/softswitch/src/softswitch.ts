import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { BrowserCredentialIssuer, CallControl, LegEvent, Reachability, TrunkStates } from '@amtsleitung/domain';
import type { TlsCertificate } from '@amtsleitung/sip';
import type { StateSources } from './subscriptions/state-sources.ts';

/** Where phones and trunks reach us; ports as really bound. */
export interface ListeningAddresses {
  readonly host: string;
  readonly udp?: number;
  readonly tcp?: number;
  readonly tls?: number;
}

/** How much is alive, for health pages and leak tests. */
export interface SoftswitchLoad {
  readonly legs: number;
  readonly subscriptions: number;
  readonly transactions: number;
  /** New calls are being sent away. */
  readonly isShedding: boolean;
}

/** Registrar, trunks and call control on one SIP stack and one media engine. */
export interface Softswitch {
  readonly calls: CallControl;
  readonly reachability: Reachability;
  readonly browserCredentials: BrowserCredentialIssuer;
  /** Whom lamps on desk phones may show, and whose messages wait. Until then all lamps stay off. */
  show(sources: StateSources): void;
  readonly load: SoftswitchLoad;
  /** How the lines to providers do. */
  readonly trunkStates: TrunkStates;
  /** What happens on legs. Listen before `start`: the first INVITE may come at once. */
  onLegEvent(listener: (event: LegEvent) => void): () => void;
  /** Loads registrations, closes forgotten media legs, opens the sockets. Rejects when a port is taken. */
  start(): Promise<ListeningAddresses>;
  /** A new certificate for SIP over TLS, without a restart; throws when it cannot be used. Connections that stand stay. */
  renewCertificate(certificate: TlsCertificate): void;
  /** An HTTP upgrade request for `/sip` (RFC 7118). */
  webSocketUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** BYE to all, then closes. Registrations stay stored, so phones are reachable again after the next start. */
  close(): Promise<void>;
}
