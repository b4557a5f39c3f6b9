import type { Kysely } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Schema } from '../database/schema.ts';
import type { EventSpool } from '../spool/event-spool.ts';
import { dueMessages, duePartyIds, expire, expireEvents } from './due-rows.ts';
import { removeOldFiles } from './old-files.ts';
import { PartyEraser, type PartyEraserOptions } from './party-eraser.ts';

/** What one run of the retention job removed; numbers of rows or files. */
export interface RetentionReport {
  readonly sessions: number;
  readonly setupTokens: number;
  readonly registrations: number;
  readonly parties: number;
  readonly messages: number;
  readonly callRecords: number;
  readonly traces: number;
  readonly agentEvents: number;
  readonly signIns: number;
  readonly events: number;
  readonly backups: number;
  readonly refusedEvents: number;
  /** Message files that could not be removed; their rows stay and are tried again. */
  readonly failedFiles: number;
}

export interface RetentionOptions extends PartyEraserOptions {
  readonly database: Database;
  readonly spool: EventSpool;
}

/** Events about one person's readiness and sign-ins: what nobody needs for years goes earlier than the rest. */
const agentEvents = ['agent-logged-in', 'agent-logged-out', 'agent-paused', 'agent-resumed'] as const;
const signInEvents = ['signed-in', 'signed-out'] as const;

const dayMilliseconds = 86_400_000;

/** Keeps the promises of the table `data_class`, and forgets people on request. */
export class Retention {
  readonly #options: RetentionOptions;
  readonly #db: Kysely<Schema>;
  readonly #eraser: PartyEraser;

  constructor(options: RetentionOptions) {
    this.#options = options;
    this.#db = options.database.query;
    this.#eraser = new PartyEraser(options);
  }

  /** Removes what is older than its data class allows. Run it daily; `now` in milliseconds since 1970 UTC. */
  async enforce(now: number): Promise<RetentionReport> {
    const limits = await this.#limits(now);
    // Stored events, with the numbers in them, leave the spool's files as well.
    await this.#options.spool.rotate();
    const messages = await this.#eraser.removeMessages(
      await dueMessages(this.#db, limits('done-message'), limits('message')),
    );
    const dataFolder = this.#options.database.dataFolder;
    return {
      sessions: await expire(this.#db, 'session', 'expiresAt', limits('session')),
      setupTokens: await expire(this.#db, 'setupToken', 'expiresAt', limits('session')),
      registrations: await expire(this.#db, 'registration', 'expiresAt', limits('registration')),
      messages: messages.removed,
      failedFiles: messages.failed,
      // After the messages: a party that a message needs for calling back is kept.
      parties: await this.#eraseDueParties(limits('inbound-party'), limits('outbound-party')),
      callRecords: await expire(this.#db, 'callRecord', 'arrivedAt', limits('call-record')),
      traces: await expire(this.#db, 'sipTrace', 'beganAt', limits('sip-trace')),
      agentEvents: await expireEvents(this.#db, agentEvents, limits('agent-event')),
      signIns: await expireEvents(this.#db, signInEvents, limits('sign-in-event')),
      events: await expire(this.#db, 'event', 'at', limits('event')),
      backups: await removeOldFiles(dataFolder, 'backups', /^before-/, limits('backup')),
      refusedEvents: await removeOldFiles(dataFolder, 'spool', /^refused-/, limits('refused-event')),
    };
  }

  /** See `PartyEraser.eraseParty`. */
  eraseParty(tenantId: string, partyId: string): Promise<boolean> {
    return this.#eraser.eraseParty(tenantId, partyId);
  }

  async #limits(now: number): Promise<(dataClass: string) => number> {
    const rows = await this.#db.selectFrom('dataClass').select(['name', 'retentionDays']).execute();
    const days = new Map(rows.map((row) => [row.name, row.retentionDays]));
    return (dataClass) => {
      const kept = days.get(dataClass) ?? null;
      return kept === null ? Number.NEGATIVE_INFINITY : now - kept * dayMilliseconds;
    };
  }

  async #eraseDueParties(inboundBefore: number, outboundBefore: number): Promise<number> {
    let erased = 0;
    for (;;) {
      const due = await duePartyIds(this.#db, inboundBefore, outboundBefore);
      if (due.length === 0) return erased;
      erased += await this.#eraser.erase(due, 'retention');
    }
  }
}
