import type { LegTrace, TraceStore, TracedCall, TracedMessage, TracedRecord, TracePage } from '@amtsleitung/domain';
import { sql, type Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';
import { storableText } from '../events/storable.ts';

/** Traces of calls, one row per leg. */
export class SqlTraceStore implements TraceStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async save(...traces: readonly LegTrace[]): Promise<void> {
    // One statement may write each row once only.
    const rows = new Map(traces.flatMap((trace) => rowOf(trace) ?? []).map((row) => [keyOf(row), row]));
    if (rows.size === 0) return;
    await this.#db
      .insertInto('sipTrace')
      .values([...rows.values()])
      .onConflict((conflict) =>
        conflict.columns(['tenantId', 'callId', 'leg']).doUpdateSet((row) => ({
          beganAt: row.ref('excluded.beganAt'),
          messages: row.ref('excluded.messages'),
        })),
      )
      .execute();
  }

  async ofCall(tenantId: string, callId: string): Promise<readonly LegTrace[]> {
    const rows = await this.#db
      .selectFrom('sipTrace')
      .select(['leg', 'messages'])
      .where('tenantId', '=', tenantId)
      .where('callId', '=', callId)
      .orderBy('beganAt')
      .orderBy('leg')
      .execute();
    return rows.map(({ leg, messages }) => ({ tenantId, callId, leg, messages: messages as TracedMessage[] }));
  }

  async recent(tenantId: string, page: TracePage): Promise<TracedCall[]> {
    const { before = Number.MAX_SAFE_INTEGER, lastDigits, limit } = page;
    const found = await this.#db
      .selectFrom('sipTrace')
      .select(['callId', sql<number>`min(began_at)`.as('at')])
      .where('tenantId', '=', tenantId)
      .$if(lastDigits !== undefined, (query) =>
        query.where(
          'callId',
          'in',
          this.#records(tenantId).select('callRecord.callId').where(endOfNumber, '=', lastDigits!),
        ),
      )
      .groupBy('callId')
      .having(sql<boolean>`min(began_at) < ${before}`)
      .orderBy('at', 'desc')
      .limit(limit)
      .execute();
    if (found.length === 0) return [];
    const ids = found.map(({ callId }) => callId);
    const [legs, records] = await Promise.all([this.#legs(tenantId, ids), this.#recordsOf(tenantId, ids)]);
    return found.map(({ callId, at }) => {
      const own = legs.filter((leg) => leg.callId === callId).map(({ messages }) => messages as TracedMessage[]);
      const all = own.flat();
      const peers = [...new Set(all.map(({ peer }) => peer))];
      const record = records.get(callId);
      return { callId, at, legs: own.length, messages: all.length, peers, ...(record && { record }) };
    });
  }

  #legs(tenantId: string, callIds: readonly string[]) {
    return this.#db
      .selectFrom('sipTrace')
      .select(['callId', 'messages'])
      .where('tenantId', '=', tenantId)
      .where('callId', 'in', callIds)
      .execute();
  }

  async #recordsOf(tenantId: string, callIds: readonly string[]): Promise<ReadonlyMap<string, TracedRecord>> {
    const rows = await this.#records(tenantId)
      .select(['callRecord.callId', 'callRecord.direction', 'callRecord.outcome', endOfNumber.as('lastDigits')])
      .where('callRecord.callId', 'in', callIds)
      .execute();
    return new Map(rows.map(({ callId, ...row }) => [callId, recordOf(row)]));
  }

  #records(tenantId: string) {
    return this.#db
      .selectFrom('callRecord')
      .leftJoin('party', (join) =>
        join.onRef('party.id', '=', 'callRecord.partyId').onRef('party.tenantId', '=', 'callRecord.tenantId'),
      )
      .where('callRecord.tenantId', '=', tenantId);
  }
}

/** Never of a number so short that its end is nearly all of it. */
const endOfNumber = sql<string | null>`case when length(party.number) > 6 then right(party.number, 3) end`;

interface RecordRow {
  readonly direction: TracedRecord['direction'];
  readonly outcome: TracedRecord['outcome'] | null;
  readonly lastDigits: string | null;
}

const recordOf = ({ direction, outcome, lastDigits }: RecordRow): TracedRecord => ({
  direction,
  ...(outcome === null || outcome === undefined ? {} : { outcome }),
  ...(lastDigits === null ? {} : { lastDigits }),
});

function rowOf({ tenantId, callId, leg, messages }: LegTrace) {
  const [first] = messages;
  return first && { tenantId, callId, leg, beganAt: Math.round(first.at), messages: storableJson(messages) as never };
}

const keyOf = ({ tenantId, callId, leg }: { tenantId: string; callId: string; leg: string }): string =>
  JSON.stringify([tenantId, callId, leg]);

/** What cannot be stored shows as an escape, so that texts need no look at each of them. */
function storableJson(messages: readonly TracedMessage[]): string {
  const json = JSON.stringify(messages);
  if (!/\\u(?:0000|d[89a-f])/i.test(json)) return json;
  return JSON.stringify(messages, (_, value: unknown) => (typeof value === 'string' ? storableText(value) : value));
}
