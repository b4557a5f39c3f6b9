import { newId, type Clock, type Logger, type RandomSource } from '@amtsleitung/base';
import type { DomainEvent } from '@amtsleitung/domain';
import type { Kysely } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Schema } from '../database/schema.ts';
import { appendEvents } from '../events/event-store.ts';
import type { DueMessage } from './due-rows.ts';

export interface PartyEraserOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly logger: Logger;
  /** Removes a message's file (path below the data folder); one that is gone already is no failure. */
  readonly removeFile: (file: string) => Promise<void>;
}

/** What is kept about a number; on a request for erasure: what was. */
export interface NumberTraces {
  /** Calls whose number and name were known. */
  readonly calls: number;
  readonly messages: number;
}

interface PartyKey {
  readonly tenantId: string;
  readonly id: string;
}

/** Forgets outside parties. Every figure stays as it was: events hold no number and no name. */
export class PartyEraser {
  readonly #options: PartyEraserOptions;
  readonly #db: Kysely<Schema>;

  constructor(options: PartyEraserOptions) {
    this.#options = options;
    this.#db = options.database.query;
  }

  /**
   * Forgets number and name of an outside party and removes the messages they left. False when the tenant has no such
   * party or it is erased already.
   */
  async eraseParty(tenantId: string, partyId: string): Promise<boolean> {
    return (await this.#eraseWithMessages([{ tenantId, id: partyId }])).calls > 0;
  }

  /** What is kept about a number in E.164, in every tenant of the house (GDPR Art. 15). */
  async tracesOf(number: string): Promise<NumberTraces> {
    const parties = await this.#partiesOf(number);
    return { calls: parties.length, messages: (await this.#messagesOf(parties)).length };
  }

  /** Erases all of it on request (GDPR Art. 17). Throws when a recording could not be removed: ask again then. */
  async eraseNumber(number: string): Promise<NumberTraces> {
    return this.#eraseWithMessages(await this.#partiesOf(number));
  }

  /** File first: a row without its file is tried again, a file without its row would be kept for ever. */
  async removeMessages(due: readonly DueMessage[]): Promise<{ removed: number; failed: number }> {
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

  /** The row stays, empty, so that an event still on its way cannot bring the number back. */
  erase(due: readonly PartyKey[], reason: 'retention' | 'request'): Promise<number> {
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

  async #eraseWithMessages(parties: readonly PartyKey[]): Promise<NumberTraces> {
    if (parties.length === 0) return { calls: 0, messages: 0 };
    const { removed, failed } = await this.removeMessages(await this.#messagesOf(parties));
    if (failed > 0) throw new Error('a message file of the party could not be removed');
    await this.#removeTraces(parties);
    return { calls: await this.erase(parties, 'request'), messages: removed };
  }

  /** They are masked, but a request for erasure leaves nothing behind that belongs to the party's calls. */
  async #removeTraces(parties: readonly PartyKey[]): Promise<void> {
    await this.#db
      .deleteFrom('sipTrace')
      .where((trace) =>
        trace.exists(
          trace
            .selectFrom('callRecord')
            .select('callRecord.callId')
            .whereRef('callRecord.tenantId', '=', 'sipTrace.tenantId')
            .whereRef('callRecord.callId', '=', 'sipTrace.callId')
            .where((call) => call.or(parties.map(({ tenantId, id }) => call.and({ tenantId, partyId: id })))),
        ),
      )
      .execute();
  }

  #partiesOf(number: string): Promise<PartyKey[]> {
    return this.#db.selectFrom('party').select(['id', 'tenantId']).where('number', '=', number).execute();
  }

  #messagesOf(parties: readonly PartyKey[]): Promise<DueMessage[]> {
    if (parties.length === 0) return Promise.resolve([]);
    return this.#db
      .selectFrom('voiceMessage')
      .select(['id', 'tenantId', 'file'])
      .where((message) => message.or(parties.map(({ tenantId, id }) => message.and({ tenantId, partyId: id }))))
      .execute();
  }

  #erasure(party: PartyKey, at: number, reason: 'retention' | 'request'): DomainEvent {
    const id = newId(this.#options.clock, this.#options.random);
    return { id, tenantId: party.tenantId, at, version: 1, kind: 'party-erased', partyId: party.id, reason };
  }
}
