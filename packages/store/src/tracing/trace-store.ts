import type { LegTrace, TraceStore, TracedCall, TracedMessage } from '@amtsleitung/domain';
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

  async recent(tenantId: string, page: { readonly before?: number; readonly limit: number }): Promise<TracedCall[]> {
    const calls = this.#db
      .selectFrom('sipTrace')
      .select(['callId', sql<number>`min(began_at)`.as('at')])
      .where('tenantId', '=', tenantId)
      .groupBy('callId')
      .having(sql<boolean>`min(began_at) < ${page.before ?? Number.MAX_SAFE_INTEGER}`)
      .orderBy('at', 'desc')
      .limit(page.limit);
    const found = await calls.execute();
    if (found.length === 0) return [];
    const legs = await this.#db
      .selectFrom('sipTrace')
      .select(['callId', 'messages'])
      .where('tenantId', '=', tenantId)
      .where(
        'callId',
        'in',
        found.map(({ callId }) => callId),
      )
      .execute();
    return found.map(({ callId, at }) => {
      const own = legs.filter((leg) => leg.callId === callId).map(({ messages }) => messages as TracedMessage[]);
      const all = own.flat();
      return { callId, at, legs: own.length, messages: all.length, peers: [...new Set(all.map(({ peer }) => peer))] };
    });
  }
}

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
