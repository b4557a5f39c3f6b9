import { newId, type Clock, type RandomSource } from '@amtsleitung/base';
import type { DomainEvent } from '@amtsleitung/domain';
import type { Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';
import { appendEvents } from '../events/event-store.ts';

const batchLimit = 500;

/** Appends the missing `call-ended` of every open call. Its times are what is certain: up to the call's last event. */
export async function closeInterruptedCalls(
  db: Kysely<Schema>,
  now: number,
  ids: { readonly clock: Clock; readonly random: RandomSource },
): Promise<number> {
  let closed = 0;
  for (;;) {
    const batch = await db.transaction().execute(async (transaction) => {
      const open = await openCalls(transaction);
      const ends = open.map((call) => ({ event: endOf(call, now, newId(ids.clock, ids.random)) }));
      await appendEvents(transaction, ends);
      return ends.length;
    });
    closed += batch;
    if (batch < batchLimit) return closed;
  }
}

type OpenCall = Awaited<ReturnType<typeof openCalls>>[number];

function openCalls(db: Kysely<Schema>) {
  return db
    .selectFrom('callRecord')
    .select(['tenantId', 'callId', 'arrivedAt', 'lastAt'])
    .select((row) =>
      row
        .selectFrom('callStep')
        .select((step) => step.fn.min('at').as('at'))
        .whereRef('callStep.tenantId', '=', 'callRecord.tenantId')
        .whereRef('callStep.callId', '=', 'callRecord.callId')
        .where('kind', '=', 'call-connected')
        .as('connectedAt'),
    )
    .where('endedAt', 'is', null)
    .orderBy('arrivedAt')
    .limit(batchLimit)
    .execute();
}

function endOf(call: OpenCall, now: number, id: string): DomainEvent {
  return {
    id,
    tenantId: call.tenantId,
    at: Math.max(now, call.lastAt),
    version: 1,
    kind: 'call-ended',
    callId: call.callId,
    outcome: 'interrupted',
    by: 'system',
    failure: 'interrupted',
    totalMilliseconds: Math.max(0, call.lastAt - call.arrivedAt),
    talkMilliseconds: call.connectedAt === null ? 0 : Math.max(0, call.lastAt - call.connectedAt),
  };
}
