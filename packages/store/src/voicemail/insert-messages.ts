import type { DomainEvent } from '@amtsleitung/domain';
import type { Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';

/** Puts recorded messages into their boxes; call inside the transaction that stores their events. */
export async function insertMessages(db: Kysely<Schema>, events: readonly DomainEvent[]): Promise<void> {
  const rows = events.flatMap((event) => {
    if (event.kind !== 'message-recorded') return [];
    return {
      id: event.messageId,
      tenantId: event.tenantId,
      callId: event.callId,
      boxPersonId: event.box.kind === 'person' ? event.box.personId : null,
      boxHotlineId: event.box.kind === 'hotline' ? event.box.hotlineId : null,
      partyId: event.partyId ?? null,
      recordedAt: event.at,
      milliseconds: Math.round(event.milliseconds),
      file: event.file,
    };
  });
  if (rows.length === 0) return;
  const insert = db.insertInto('voiceMessage').values(rows);
  await insert.onConflict((conflict) => conflict.column('id').doNothing()).execute();
}
