import { shortAbandonMilliseconds, type FiguresStore, type HotlineFigures } from '@amtsleitung/domain';
import { sql, type Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';

/** The domain's `hotlineFigures`, counted by the database over the events themselves. */
export class SqlFiguresStore implements FiguresStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async ofHotlines(
    tenantId: string,
    from: number,
    to: number,
    promiseSeconds: ReadonlyMap<string, number>,
  ): Promise<readonly HotlineFigures[]> {
    const promises = JSON.stringify([...promiseSeconds].map(([id, seconds]) => ({ id, promise: seconds * 1_000 })));
    const { rows } = await sql<HotlineFigures>`
      select
        hotline_id,
        count(*) filter (where kind = 'hotline-queued'
          or kind = 'hotline-overflowed' and reason = 'nobody-logged-in' and wait = 0) as offered,
        count(*) filter (where kind = 'hotline-answered') as answered,
        count(*) filter (where kind = 'hotline-answered' and wait <= promise) as answered_in_time,
        count(*) filter (where kind = 'hotline-abandoned' and wait > ${shortAbandonMilliseconds}) as abandoned,
        count(*) filter (where kind = 'hotline-abandoned' and wait <= ${shortAbandonMilliseconds}) as short_abandoned,
        count(*) filter (where kind = 'hotline-overflowed' and reason <> 'closed') as overflowed,
        count(*) filter (where kind = 'hotline-overflowed' and reason = 'closed') as outside_hours,
        coalesce(sum(wait) filter (where kind = 'hotline-answered'), 0) as wait_milliseconds_of_answered
      from (
        select
          event.hotline_id,
          event.kind,
          (event.facts ->> 'waitMilliseconds')::double precision as wait,
          event.facts ->> 'reason' as reason,
          coalesce(promised.promise, 0) as promise
        from event
        left join json_to_recordset(${promises}::json) as promised (id text, promise double precision)
          on promised.id = event.hotline_id
        where event.tenant_id = ${tenantId} and event.at >= ${from} and event.at < ${to}
          and event.hotline_id is not null
      ) as fact
      group by hotline_id
      order by hotline_id`.execute(this.#db);
    return rows;
  }
}
