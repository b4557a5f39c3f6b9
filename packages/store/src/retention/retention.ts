import { newId, type Clock, type Logger, type RandomSource } from '@amtsleitung/base';
import type { DomainEvent } from '@amtsleitung/domain';
import type { Kysely } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Schema } from '../database/schema.ts';
import { appendEvents } from '../events/event-store.ts';
import type { EventSpool } from '../spool/event-spool.ts';
import { expire, dueMessages, duePartyIds, type DueMessage } from './due-rows.ts';
import { removeOldFiles } from './old-files.ts';

/** What one run of the retention job removed; numbers of rows or files. */
export interface RetentionReport {
  readonly sessions: number;
  readonly setupTokens: number;
  readonly registrations: number;
  readonly parties: number;
  readonly messages: number;
  readonly callRecords: number;
  readonly events: number;
  readonly backups: number;
  readonly refusedEvents: number;
  /** Message files that could not be removed; their rows stay and are tried again. */
  readonly failedFiles: number;
}

export interface RetentionOptions {
  readonly database: Database;
  readonly spool: EventSpool;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly logger: Logger;
  /** Removes a message's file (path below the data folder); one that is gone already is no failure. */
  readonly removeFile: (file: string) => Promise<void>;
}

const dayMilliseconds = 86_400_000;

/** Keeps the promises of the table `data_class`, and forgets people on request. */
export class Retention {
  readonly #options: RetentionOptions;
  readonly #db: Kysely<Schema>;

  constructor(options: RetentionOptions) {
    this.#options = options;
    this.#db = options.database.query;
  }

  /** Removes what is older than its data class allows. Run it daily; `now` in milliseconds since 1970 UTC. */
  async enforce(now: number): Promise<RetentionReport> {
    const limits = await this.#limits(now);
    // Stored events, with the numbers in them, leave the spool's files as well.
    await this.#options.spool.rotate();
    const messages = await this.#removeMessages(await dueMessages(this.#db, limits('done-message'), limits('message')));
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
      events: await expire(this.#db, 'event', 'at', limits('event')),
      backups: await removeOldFiles(dataFolder, 'backups', /^before-/, limits('backup')),
      refusedEvents: await removeOldFiles(dataFolder, 'spool', /^refused-/, limits('refused-event')),
    };
  }

  /**
   * Forgets number and name of an outside party and removes the messages they left. Every figure stays as it was.
   * False when the tenant has no such party or it is erased already.
   */
  async eraseParty(tenantId: string, partyId: string): Promise<boolean> {
    const messages = await this.#db
      .selectFrom('voiceMessage')
      .select(['id', 'tenantId', 'file'])
      .where('tenantId', '=', tenantId)
      .where('partyId', '=', partyId)
      .execute();
    const { failed } = await this.#removeMessages(messages);
    if (failed > 0) throw new Error('a message file of the party could not be removed');
    return (await this.#erase([{ tenantId, id: partyId }], 'request')) > 0;
  }

  async #limits(now: number): Promise<(dataClass: string) => number> {
    const rows = await this.#db.selectFrom('dataClass').select(['name', 'retentionDays']).execute();
    const days = new Map(rows.map((row) => [row.name, row.retentionDays]));
    return (dataClass) => {
      const kept = days.get(dataClass) ?? null;
      return kept === null ? Number.NEGATIVE_INFINITY : now - kept * dayMilliseconds;
    };
  }

  /** File first: a row without its file is tried again, a file without its row would be kept for ever. */
  async #removeMessages(due: readonly DueMessage[]): Promise<{ removed: number; failed: number }> {
    let failed = 0;
    for (const { tenantId, id, file } of due) {
      try {
        await this.#options.removeFile(file);
        await this.#db.deleteFrom('voiceMessage').where('tenantId', '=', tenantId).where('id', '=', id).execute();
      } catch (error) {
        failed += 1;
        this.#options.logger.error('a message could not be removed', { id, reason: String(error) });
      }
    }
    return { removed: due.length - failed, failed };
  }

  async #eraseDueParties(inboundBefore: number, outboundBefore: number): Promise<number> {
    let erased = 0;
    for (;;) {
      const due = await duePartyIds(this.#db, inboundBefore, outboundBefore);
      if (due.length === 0) return erased;
      erased += await this.#erase(due, 'retention');
    }
  }

  /** The row stays, empty, so that an event still on its way cannot bring the number back. */
  #erase(due: readonly { tenantId: string; id: string }[], reason: 'retention' | 'request'): Promise<number> {
    return this.#db.transaction().execute(async (db) => {
      const now = this.#options.clock.now();
      const erased = await db
        .updateTable('party')
        .set({ number: null, name: null, erasedAt: now })
        .where(
          'id',
          'in',
          due.map((party) => party.id),
        )
        .where(
          'tenantId',
          'in',
          due.map((party) => party.tenantId),
        )
        .where('erasedAt', 'is', null)
        .returning(['id', 'tenantId'])
        .execute();
      await appendEvents(
        db,
        erased.map((party) => ({ event: this.#erasure(party, now, reason) })),
      );
      return erased.length;
    });
  }

  #erasure(party: { tenantId: string; id: string }, at: number, reason: 'retention' | 'request'): DomainEvent {
    const id = newId(this.#options.clock, this.#options.random);
    return { id, tenantId: party.tenantId, at, version: 1, kind: 'party-erased', partyId: party.id, reason };
  }
}
