import type { DomainEvent, EventStore, PartyRecord } from '@amtsleitung/domain';
import { sql, type Kysely } from 'kysely';
import { writeCallRecords, type CallKey } from '../calls/write-call-records.ts';
import type { Schema } from '../database/schema.ts';
import { insertMessages } from '../voicemail/insert-messages.ts';
import { storableFacts, storableText } from './storable.ts';

interface Entry {
  readonly event: DomainEvent;
  readonly party?: PartyRecord;
}

/**
 * The append-only events. In the same transaction: parties, call records and messages that follow from them. An event
 * that is there already changes nothing, so a batch may come twice.
 */
export class SqlEventStore implements EventStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async append(batch: readonly Entry[]): Promise<void> {
    await this.#db.transaction().execute((db) => appendEvents(db, batch));
  }
}

/** The same inside a transaction of the caller. */
export async function appendEvents(db: Kysely<Schema>, batch: readonly Entry[]): Promise<void> {
  if (batch.length === 0) return;
  const stored = await insertEvents(db, batch);
  // A set forgets: of two copies in one batch only the first is fresh.
  const fresh = batch.filter(({ event }) => stored.delete(event.id.toLowerCase()));
  await insertParties(db, fresh);
  await insertMessages(
    db,
    fresh.map(({ event }) => event),
  );
  await writeCallRecords(db, callsOf(fresh));
}

async function insertEvents(db: Kysely<Schema>, batch: readonly Entry[]): Promise<Set<string>> {
  const rows = batch.map(({ event }) => ({
    id: event.id,
    tenantId: event.tenantId,
    at: Math.round(event.at),
    kind: event.kind,
    version: event.version,
    facts: storableFacts(event),
  }));
  // One JSON parameter: reading hundreds of placeholders costs the database more than the rows.
  const { rows: stored } = await sql<{ id: string }>`
    insert into event (id, tenant_id, at, kind, version, facts)
    select * from json_to_recordset(${JSON.stringify(rows)}::json) as row (
      id uuid, "tenantId" text, at bigint, kind text, version integer, facts jsonb
    ) on conflict (id) do nothing returning id`.execute(db);
  return new Set(stored.map((row) => row.id));
}

/** A later event may add what an earlier one did not know; an erased party stays erased. */
async function insertParties(db: Kysely<Schema>, entries: readonly Entry[]): Promise<void> {
  const known = new Map<string, Schema['party']>();
  for (const { event, party } of entries) {
    if (!party || party.tenantId !== event.tenantId) continue;
    const earlier = known.get(party.partyId);
    known.set(party.partyId, {
      id: party.partyId,
      tenantId: party.tenantId,
      number: party.number === undefined ? (earlier?.number ?? null) : storableText(party.number),
      name: party.name === undefined ? (earlier?.name ?? null) : storableText(party.name),
      outbound: earlier?.outbound || (event.kind === 'call-arrived' && event.direction === 'outbound'),
      seenAt: Math.round(event.at),
      erasedAt: null,
    });
  }
  if (known.size === 0) return;
  await db
    .insertInto('party')
    .values([...known.values()])
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({
          number: sql`coalesce(excluded.number, party.number)`,
          name: sql`coalesce(excluded.name, party.name)`,
          outbound: sql`party.outbound or excluded.outbound`,
          seenAt: sql`greatest(excluded.seen_at, party.seen_at)`,
        })
        .where('party.erasedAt', 'is', null)
        .whereRef('party.tenantId', '=', sql`excluded.tenant_id`),
    )
    .execute();
}

function callsOf(entries: readonly Entry[]): readonly CallKey[] {
  const keys = new Map<string, CallKey>();
  for (const { event } of entries) {
    if (!('callId' in event)) continue;
    keys.set(`${event.tenantId} ${event.callId}`, { tenantId: event.tenantId, callId: event.callId });
  }
  return [...keys.values()];
}
