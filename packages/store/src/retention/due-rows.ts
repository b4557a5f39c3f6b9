import type { EventKind } from '@amtsleitung/domain';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Schema } from '../database/schema.ts';

export interface DueMessage {
  readonly id: string;
  readonly tenantId: string;
  readonly file: string;
}

/** Rows removed by one statement: locks stay short while calls go on. */
const chunk = 2_000;

type TimedTable = 'session' | 'setupToken' | 'registration' | 'callRecord' | 'event' | 'sipTrace';

/** Removes the table's rows whose `column` is at or before `limit`. Returns how many. */
export function expire(db: Kysely<Schema>, table: TimedTable, column: string, limit: number): Promise<number> {
  return expireWhere(db, table, sql`${sql.ref(column)} <= ${limit}`, limit);
}

/** The same for events of some kinds. */
export function expireEvents(db: Kysely<Schema>, kinds: readonly EventKind[], limit: number): Promise<number> {
  return expireWhere(db, 'event', sql`at <= ${limit} and kind = any (${sql.val([...kinds])})`, limit);
}

async function expireWhere(
  db: Kysely<Schema>,
  table: TimedTable,
  due: RawBuilder<unknown>,
  limit: number,
): Promise<number> {
  if (limit === Number.NEGATIVE_INFINITY) return 0;
  let removed = 0;
  for (;;) {
    const count = await db.transaction().execute(async (transaction) => {
      // Opens the append-only table `event` to this transaction alone.
      await sql`select set_config('amtsleitung.retention', 'on', true)`.execute(transaction);
      const result = await sql`
        delete from ${sql.table(table)} where ctid = any (array(
          select ctid from ${sql.table(table)} where ${due} limit ${chunk}
        ))`.execute(transaction);
      return Number(result.numAffectedRows ?? 0);
    });
    removed += count;
    if (count < chunk) return removed;
  }
}

/** Messages dealt with before the one limit or recorded before the other. */
export function dueMessages(db: Kysely<Schema>, doneBefore: number, recordedBefore: number): Promise<DueMessage[]> {
  return db
    .selectFrom('voiceMessage')
    .select(['id', 'tenantId', 'file'])
    .where((message) =>
      message.or([message('doneAt', '<=', finite(doneBefore)), message('recordedAt', '<=', finite(recordedBefore))]),
    )
    .execute();
}

/** Parties last seen before their limit that no message needs any more; at most one chunk. */
export function duePartyIds(
  db: Kysely<Schema>,
  inboundBefore: number,
  outboundBefore: number,
): Promise<{ id: string; tenantId: string }[]> {
  return db
    .selectFrom('party')
    .select(['id', 'tenantId'])
    .where('erasedAt', 'is', null)
    .where((party) =>
      party.or([
        party.and([party('outbound', '=', false), party('seenAt', '<=', finite(inboundBefore))]),
        party.and([party('outbound', '=', true), party('seenAt', '<=', finite(outboundBefore))]),
      ]),
    )
    .where((party) =>
      party.not(
        party.exists(
          party.selectFrom('voiceMessage').select('voiceMessage.id').whereRef('voiceMessage.partyId', '=', 'party.id'),
        ),
      ),
    )
    .limit(chunk)
    .execute();
}

const finite = (limit: number): number => Math.max(limit, Number.MIN_SAFE_INTEGER);
