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

  async save({ tenantId, callId, leg, messages }: LegTrace): Promise<void> {
    const [first] = messages;
    if (!first) return;
    const json = JSON.stringify(messages, (_, value: unknown) =>
      typeof value === 'string' ? storableText(value) : value,
    );
    const row = { beganAt: Math.round(first.at), messages: json as never };
    await this.#db
      .insertInto('sipTrace')
      .values({ tenantId, callId, leg, ...row })
      .onConflict((conflict) => conflict.columns(['tenantId', 'callId', 'leg']).doUpdateSet(row))
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
