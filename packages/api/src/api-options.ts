import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock, Logger, RandomSource, Timers } from '@amtsleitung/base';
import type {
  AgentDesk,
  AlertHistory,
  BrowserCredentialIssuer,
  CallRecordStore,
  DeviceSecretHasher,
  DirectorySource,
  DirectoryStore,
  DirectoryWriter,
  EventLog,
  FiguresStore,
  HotDesk,
  MessageStore,
  PasswordStore,
  PhoneCommands,
  PhoneSettings,
  PresenceBoard,
  Reachability,
  SessionStore,
  TraceStore,
  TrunkPreset,
  TrunkStates,
} from '@amtsleitung/domain';

/** A certificate that runs out some day. */
export interface CertificateState {
  readonly use: 'https' | 'sip';
  readonly names: readonly string[];
  /** Wall milliseconds. */
  readonly expiresAt: number;
  readonly selfSigned: boolean;
}

/** Everything the HTTP side needs from the rest of the house. */
export interface ApiOptions {
  readonly directory: DirectorySource;
  readonly directoryStore: DirectoryStore;
  /** Reads the tenant from the store again and hands it to `directory`; resolves once it is in effect. */
  readonly reloadDirectory: (tenantId: string) => Promise<void>;
  /** Stores what people change about themselves; holds still while an administrator's change is under way. */
  readonly writer: Pick<DirectoryWriter, 'hold'>;
  readonly passwords: PasswordStore;
  readonly sessions: SessionStore;
  readonly phone: PhoneCommands;
  readonly agentDesk: AgentDesk;
  readonly presence: PresenceBoard;
  readonly reachability: Reachability;
  readonly calls: CallRecordStore;
  readonly messages: MessageStore;
  readonly figures: FiguresStore;
  readonly events: EventLog;
  readonly settings: Pick<
    PhoneSettings,
    'setForwarding' | 'setForwardingSeconds' | 'setDoNotDisturb' | 'setHideNumber'
  >;
  readonly hotDesk: Pick<HotDesk, 'newCode' | 'setPin' | 'logOut'>;
  readonly alerts: AlertHistory;
  readonly traces: TraceStore;
  readonly trunkStates: TrunkStates;
  /** Providers a new trunk can begin with. */
  readonly trunkPresets: readonly TrunkPreset[];
  /** What this house shows to browsers and phones, as it is now. */
  readonly certificates: () => readonly CertificateState[];
  readonly browserCredentials: BrowserCredentialIssuer;
  readonly deviceSecrets: DeviceSecretHasher;
  /** Bytes of a recorded message (`audio/wav`), by the path in its record; undefined when the file is gone. */
  readonly readMessageFile: (file: string) => Promise<Uint8Array | undefined>;
  readonly removeMessageFile: (file: string) => Promise<void>;
  /** Takes over a SIP WebSocket (RFC 7118) whose `Origin` has been checked. */
  readonly sipUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Where desk phones register: shown beside a new device's password. */
  readonly sip: { readonly server: string; readonly port: number };
  /** Addresses of SIP proxies of one's own in front of the phones: none of them is a provider's. */
  readonly sipProxies?: readonly string[];
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomSource;
  readonly logger: Logger;
  /** Tenant of the demo town: its people sign in by one click, when only this machine can reach the page. */
  readonly demoTenantId?: string;
  /** One-click sign-in from other machines too. */
  readonly demoFromAnywhere?: boolean;
  /** PEM. With it HTTPS is served, cookies are `Secure` and HSTS is sent. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** One reverse proxy stands in front and sets `X-Forwarded-For`, `-Proto` and `-Host`. */
  readonly behindProxy: boolean;
  /** Folder of the built web app; without it only the API is served. */
  readonly webFolder?: string;
  /** Requests a minute to sign-in and set-up from one address; default 600. */
  readonly signInsPerMinute?: number;
}
