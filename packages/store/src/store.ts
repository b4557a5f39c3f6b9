import type {
  AgentLoginStore,
  AlertHistory,
  CallRecordStore,
  DirectoryStore,
  EventStore,
  FiguresStore,
  MessageStore,
  PasswordStore,
  RegistrationStore,
  SessionStore,
  SpendHistory,
  TraceStore,
} from '@amtsleitung/domain';
import type { Clock, Logger, RandomSource, Timers } from '@amtsleitung/base';
import type { Database } from './database/database.ts';
import type { EventSpool } from './spool/event-spool.ts';
import type { Retention } from './retention/retention.ts';

export interface StoreOptions {
  /** The house's data folder: database, spool, recordings and backups lie in it. Created when missing. */
  readonly dataFolder: string;
  /** `postgres://…` of a PostgreSQL 15 or newer; undefined: our own server inside the data folder. */
  readonly databaseUrl?: string;
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly random?: RandomSource;
  readonly timers?: Timers;
  /** Removes a message's file (path below the data folder). Default: deletes it there. */
  readonly removeFile?: (file: string) => Promise<void>;
  /** Settings of our own server that differ from ours; for tests. */
  readonly serverSettings?: Readonly<Record<string, string>>;
}

/** Everything durable of a house, by the domain's ports. Exactly one process holds it open. */
export interface Store {
  readonly database: Database;
  readonly directory: DirectoryStore;
  readonly sessions: SessionStore;
  readonly passwords: PasswordStore;
  readonly agentLogins: AgentLoginStore;
  readonly registrations: RegistrationStore;
  readonly events: EventStore;
  readonly alerts: AlertHistory;
  readonly spendHistory: SpendHistory;
  readonly traces: TraceStore;
  readonly calls: CallRecordStore;
  readonly messages: MessageStore;
  readonly figures: FiguresStore;
  readonly retention: Retention;
  /** The `EventLog`: durable at once, in the database a moment later. */
  readonly spool: EventSpool;
  /**
   * Ends the records of calls that were open when the house went down, with outcome `interrupted`.
   * Call once at start, before the first new call. Returns how many were closed.
   */
  closeInterruptedCalls(now: number): Promise<number>;
  /** Builds call records, steps and participants again from the events. Returns the number of calls. */
  rebuildCallRecords(): Promise<number>;
  /** Writes what is pending, then stops our own database server. */
  close(): Promise<void>;
}
