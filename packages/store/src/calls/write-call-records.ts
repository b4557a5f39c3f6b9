import { sql, type Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';
import { toEvent, type StoredEvent } from '../events/storable.ts';
import { projectCall, type ProjectedCall } from './project-call.ts';

export interface CallKey {
  readonly tenantId: string;
  readonly callId: string;
}

interface CallOfTenant extends CallKey {
  readonly call: ProjectedCall;
}

/**
 * Writes the records of these calls anew from all their events, so the order in which batches arrive does not matter.
 * Call inside the transaction that stores the events.
 */
export async function writeCallRecords(db: Kysely<Schema>, keys: readonly CallKey[]): Promise<void> {
  if (keys.length === 0) return;
  // A connection plans the checks of foreign keys once, perhaps while the tables are empty: then each step of each call
  // would read all records from end to end for as long as the house runs.
  await sql`set local enable_seqscan = off`.execute(db);
  const calls = await projectCalls(db, keys);
  if (calls.length === 0) return;
  await upsertRecords(db, calls);
  await insertSteps(db, calls);
  await insertParticipants(db, calls);
}

async function projectCalls(db: Kysely<Schema>, keys: readonly CallKey[]): Promise<readonly CallOfTenant[]> {
  // Looked up call by call: for a whole batch at once the planner reads the table from end to end as soon as it may.
  const { rows } = await sql<EventRow>`
    select stored.* from ${unnested(keys)} as key (tenant_id, call_id)
    cross join lateral (
      select sequence, id, tenant_id, at, version, kind, facts, call_id from event
      where event.tenant_id = key.tenant_id and event.call_id = key.call_id
      offset 0
    ) as stored order by stored.sequence`.execute(db);
  const events = Map.groupBy(rows, (row) => `${row.tenantId} ${row.callId}`);
  return keys.flatMap((key) => {
    const call = projectCall((events.get(`${key.tenantId} ${key.callId}`) ?? []).map(toEvent));
    return call ? [{ ...key, call }] : [];
  });
}

type EventRow = StoredEvent & { readonly callId: string };

const unnested = (keys: readonly CallKey[]) =>
  sql`unnest(${sql.val(keys.map((key) => key.tenantId))}::text[], ${sql.val(keys.map((key) => key.callId))}::text[])`;

async function upsertRecords(db: Kysely<Schema>, calls: readonly CallOfTenant[]): Promise<void> {
  const rows = calls.map(({ tenantId, callId, call }) => ({
    tenantId,
    callId,
    direction: call.direction,
    arrivedAt: call.arrivedAt,
    lastAt: call.lastAt,
    endedAt: call.endedAt ?? null,
    outcome: call.outcome ?? null,
    talkMilliseconds: call.talkMilliseconds,
    waitMilliseconds: call.waitMilliseconds,
    hotlineId: call.hotlineId ?? null,
    partyId: call.partyId ?? null,
    callerPersonId: call.callerPersonId ?? null,
    calleePersonId: call.calleePersonId ?? null,
  }));
  await db
    .insertInto('callRecord')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['tenantId', 'callId']).doUpdateSet((row) => ({
        direction: row.ref('excluded.direction'),
        arrivedAt: row.ref('excluded.arrivedAt'),
        lastAt: row.ref('excluded.lastAt'),
        endedAt: row.ref('excluded.endedAt'),
        outcome: row.ref('excluded.outcome'),
        talkMilliseconds: row.ref('excluded.talkMilliseconds'),
        waitMilliseconds: row.ref('excluded.waitMilliseconds'),
        hotlineId: row.ref('excluded.hotlineId'),
        partyId: row.ref('excluded.partyId'),
        callerPersonId: row.ref('excluded.callerPersonId'),
        calleePersonId: row.ref('excluded.calleePersonId'),
      })),
    )
    .execute();
}

/** Events only follow one another, so a step that is there already stays as it is. */
async function insertSteps(db: Kysely<Schema>, calls: readonly CallOfTenant[]): Promise<void> {
  const rows = calls.flatMap(({ tenantId, callId, call }) =>
    call.steps.map((step, position) => ({ tenantId, callId, position, ...step })),
  );
  // One JSON parameter: a rush of calls has more values than a statement may have parameters.
  await sql`
    insert into call_step (tenant_id, call_id, position, at, kind, person_id, hotline_id, detail)
    select * from json_to_recordset(${JSON.stringify(rows)}::json) as step (
      "tenantId" text, "callId" text, position integer, at bigint, kind text, "personId" text, "hotlineId" text, detail text
    ) on conflict do nothing`.execute(db);
}

async function insertParticipants(db: Kysely<Schema>, calls: readonly CallOfTenant[]): Promise<void> {
  const rows = calls.flatMap(({ tenantId, callId, call }) =>
    call.participantIds.map((personId) => ({ tenantId, callId, personId, arrivedAt: call.arrivedAt })),
  );
  if (rows.length === 0) return;
  await db
    .insertInto('callParticipant')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Builds every call record again. Returns the number of calls. */
export async function rebuildCallRecords(db: Kysely<Schema>): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('callRecord').execute();
    const keys = await transaction
      .selectFrom('event')
      .select(['tenantId', 'callId'])
      .where('kind', '=', 'call-arrived')
      .execute();
    const calls = keys.filter((key): key is CallKey => key.callId !== null);
    const batch = 500;
    for (let done = 0; done < calls.length; done += batch) {
      await writeCallRecords(transaction, calls.slice(done, done + batch));
    }
    return calls.length;
  });
}
